// The legend says what shapes, colours and sizes mean; each of its lines is a filter.
const LINES = { node: at("node-filters"), edge: at("edge-filters"), group: at("group-filters") };

function line(kind, key, picture, label, count) {
  const hidden = state.hidden[kind];
  const box = el("input", { type: "checkbox" });
  box.checked = !hidden.has(key);
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(key);
    else hidden.add(key);
    filtered();
  });
  const number = el("span", { class: "count" }, String(count));
  return el("li", {}, el("label", {}, box, picture, el("span", {}, label), number));
}

function setLines(kind, lines) {
  LINES[kind].replaceChildren(...lines);
  LINES[kind].closest("fieldset").hidden = !lines.length;
}

function buildNodeLines() {
  const plain = state.color !== "";
  const lines = [...categories.node.values()].map((category) => {
    const own = order.filter((i) => plan.nodes[i].category === category.id && inLayout(i));
    const picture = sample("node", category, plain ? SHAPE_NEUTRAL : category.color);
    const count = own.filter(inTime).length;
    return own.length ? line("node", category.id, picture, category.label, count) : null;
  });
  setLines("node", lines.filter(Boolean));
}

function buildEdgeLines() {
  const lines = [...categories.edge.values()].map((category) => {
    const own = drawn.edges.map(({ id }) => id).filter(
      (i) =>
        plan.edges[i].category === category.id &&
        edgeInLayout(i) &&
        inLayout(drawn.edges[i].from) &&
        inLayout(drawn.edges[i].to),
    );
    if (!own.length) return null;
    const count = own.filter(holds).length;
    return line("edge", category.id, sample("edge", category), category.label, count);
  });
  setLines("edge", lines.filter(Boolean));
}

function buildGroupLines() {
  const chosen = grouping(state.color);
  if (!chosen) return setLines("group", []);
  at("group-title").textContent = chosen.label;
  const nodes = order.filter(inLayout);
  const of = (i) => groupsOf[i].get(chosen.id) || [];
  const dot = (color) => sample("node", { shape: "dot", color });
  const lines = chosen.groups.map(({ id, label, color }) => {
    const own = nodes.filter((i) => of(i).includes(id));
    const count = own.filter(inTime).length;
    return own.length ? line("group", groupKey(chosen.id, id), dot(color), label, count) : null;
  });
  const without = nodes.filter((i) => !of(i).length);
  if (without.length) {
    const count = without.filter(inTime).length;
    lines.push(line("group", groupKey(chosen.id, NO_GROUP), dot(GREY), words.noGroup, count));
  }
  return setLines("group", lines.filter(Boolean));
}

function ringSample() {
  const box = { viewBox: "0 0 20 20", class: "sample", "aria-hidden": "true" };
  const ring = { fill: "#9fb4c9", stroke: "#3a4d61", "stroke-width": 3 };
  return svg("svg", box, shapeAt("dot", 10, 10, 6.5, ring));
}

function rampSample({ least, most }, measure) {
  const steps = Array.from({ length: 30 }, (_, i) =>
    svg("rect", { x: i * 4, y: 0, width: 4.5, height: 10, fill: ramp(i / 29) }),
  );
  return el(
    "div",
    { class: "ramp" },
    el("span", {}, told(least, measure)),
    svg("svg", { viewBox: "0 0 120 10", preserveAspectRatio: "none", "aria-hidden": "true" }, ...steps),
    el("span", {}, told(most, measure)),
  );
}

const meaning = (title, label, ...rest) => [
  el("dt", {}, title),
  el("dd", {}, label, ...rest),
];

// What the eye reads besides the lines: colours by a measure, sizes, rings, areas.
function meanings() {
  const found = [];
  const colour = scale(state.color);
  const range = ranges.get(state.color);
  if (colour && range) {
    const grey = [sample("node", { shape: "dot", color: GREY }), words.undefinedValue];
    found.push(
      ...meaning(
        words.colorBy,
        colour.label,
        rampSample(range, colour),
        range.missing ? el("p", { class: "key" }, ...grey) : "",
        el("small", {}, colour.definition),
      ),
    );
  }
  const chosen = grouping(state.color);
  if (chosen) {
    const several = groupsOf.some((g) => (g.get(chosen.id) || []).length > 1);
    const ring = several ? el("p", { class: "key" }, ringSample(), words.severalGroups) : "";
    found.push(...meaning(words.colorBy, chosen.label, ring));
  }
  if (state.layout === "overview") {
    const tie = sample("edge", { color: EDGE_NEUTRAL, shape: "solid" });
    found.push(...meaning(words.edgeKinds, el("p", { class: "key" }, tie, words.commonMembers)));
  }
  found.push(...timeMeanings());
  const size = scale(state.size);
  if (size && ranges.get(size.id)) {
    const { least, most } = ranges.get(size.id);
    const span = `${told(least, size)} – ${told(most, size)}`;
    found.push(...meaning(words.sizeBy, `${size.label} (${span})`, el("small", {}, size.definition)));
  } else found.push(...meaning(words.sizeBy, words.sizeDefault, el("small", {}, words.linkedMean)));
  if (grouping(state.areas)) {
    const total = grouping(state.areas).groups.length;
    const n = areas().length;
    const told = n < total ? fill(words.areasSome, { n, total }) : "";
    found.push(...meaning(words.areas, grouping(state.areas).label, el("small", {}, `${words.areasMean} ${told}`)));
  }
  return found;
}

function buildLegends() {
  buildNodeLines();
  buildGroupLines();
  buildEdgeLines();
  at("meanings").replaceChildren(...meanings());
  at("credit").textContent = state.layout === "geo" ? content.credit : "";
}

// The measure or the grouping by which nodes differ, chosen in a list.
function buildChoices() {
  const option = ({ id, label }) => el("option", { value: id }, label);
  const group = (label, list) => (list.length ? [el("optgroup", { label }, ...list.map(option))] : []);
  const drawable = content.scales.filter(({ id }) => ranges.get(id));
  const none = (label) => el("option", { value: "" }, label);
  const lists = {
    size: [none(words.sizeDefault), ...drawable.map(option)],
    color: [
      none(words.category),
      ...group(words.groups, content.groupings),
      ...group(words.measures, drawable),
    ],
    areas: [none(words.noAreas), ...content.groupings.map(option)],
  };
  for (const [key, options] of Object.entries(lists)) {
    const list = at(`${key}-by`);
    list.replaceChildren(...options);
    // Chromium paints a list empty whose value was set before it was laid out.
    for (const option of list.options) option.defaultSelected = option.value === state[key];
    list.closest("p").hidden = list.length < 2;
  }
  at("display").hidden = !content.scales.length && !content.groupings.length;
}

function setChoice(key, value) {
  const list = at(`${key}-by`);
  if (![...list.options].some((option) => option.value === value)) return;
  state[key] = value;
  list.value = value;
  if (key === "color") state.hidden.group.clear();
}

for (const key of ["size", "color", "areas"]) {
  at(`${key}-by`).addEventListener("change", (event) => {
    setChoice(key, event.target.value);
    buildLegends();
    filtered();
  });
}
