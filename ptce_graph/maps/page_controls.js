// Legend, search, buttons, and what ties the parts together.
const filters = { node: at("node-filters"), edge: at("edge-filters") };

function buildLegend(kind) {
  for (const category of categories[kind].values()) {
    const box = el("input", { type: "checkbox", checked: true });
    box.addEventListener("change", () => {
      if (box.checked) state.hidden[kind].delete(category.id);
      else state.hidden[kind].add(category.id);
      filtered();
    });
    category.box = box;
    filters[kind].append(
      el(
        "li",
        {},
        el(
          "label",
          {},
          box,
          sample(kind, category),
          el("span", {}, category.label),
          el("span", { class: "count" }, String(category.count)),
        ),
      ),
    );
  }
  filters[kind].closest("fieldset").hidden = categories[kind].size === 0;
}

function showCategory(kind, id) {
  state.hidden[kind].delete(id);
  const category = categories[kind].get(id);
  if (category) category.box.checked = true;
  filtered(false);
}

function filtered(keepSelection = true) {
  at("show-all").hidden = !state.hidden.node.size && !state.hidden.edge.size;
  fillTable();
  const total = content.nodes.length;
  const shown = drawn.nodes.filter(({ id }) => shownNode(id)).length;
  if (!keepSelection) return;
  const lost =
    (state.node >= 0 && !shownNode(state.node)) || (state.edge >= 0 && !shownEdge(state.edge));
  if (lost) select({});
  else if (state.node >= 0) select({ node: state.node }, "filter");
  else refresh();
  say(fill(words.shown, { n: shown, total }));
}

at("show-all").addEventListener("click", () => {
  for (const kind of ["node", "edge"]) {
    state.hidden[kind].clear();
    for (const category of categories[kind].values()) category.box.checked = true;
  }
  filtered();
  at("legend").querySelector("input").focus();
});

const search = at("search");
const suggestions = at("suggestions");
const haystack = content.nodes.map((node) => ({
  label: fold(node.label),
  rest: fold(node.attributes.map(([, value]) => value).join(" ")),
}));
let offered = [];
let active = -1;

// A name that starts so, a word that starts so, a name that holds it, an attribute that does.
function nearness({ label, rest }, wanted) {
  if (label.startsWith(wanted)) return 0;
  if (label.split(/[\s'-]+/).some((word) => word.startsWith(wanted))) return 1;
  if (label.includes(wanted)) return 2;
  return rest.includes(wanted) ? 3 : 9;
}

function suggest() {
  const wanted = fold(search.value.trim());
  offered = [];
  if (wanted) {
    offered = order
      .map((index) => ({ index, near: nearness(haystack[index], wanted) }))
      .filter(({ near }) => near < 9)
      .sort((a, b) => a.near - b.near)
      .slice(0, 8)
      .map(({ index }) => index);
  }
  active = offered.length ? 0 : -1;
  suggestions.replaceChildren(
    ...offered.map((index, row) =>
      el(
        "li",
        {
          id: `suggestion-${row}`,
          role: "option",
          // The pointer must not take the focus off the field before the choice is made.
          onpointerdown: (event) => event.preventDefault(),
          onclick: () => choose(index),
        },
        sample("node", categories.node.get(content.nodes[index].category)),
        content.nodes[index].label,
      ),
    ),
  );
  mark();
  if (wanted) say(counted(offered.length, words.suggestion, words.suggestions));
}

function mark() {
  const open = offered.length > 0;
  suggestions.hidden = !open;
  search.setAttribute("aria-expanded", String(open));
  [...suggestions.children].forEach((option, row) =>
    option.setAttribute("aria-selected", String(row === active)),
  );
  if (active >= 0) {
    search.setAttribute("aria-activedescendant", `suggestion-${active}`);
    suggestions.children[active].scrollIntoView({ block: "nearest" });
  } else search.removeAttribute("aria-activedescendant");
}

function closeSuggestions() {
  offered = [];
  active = -1;
  suggestions.replaceChildren();
  mark();
}

function choose(index) {
  search.value = content.nodes[index].label;
  closeSuggestions();
  select({ node: index }, "search");
}

search.addEventListener("input", suggest);
search.addEventListener("blur", closeSuggestions);
search.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    if (!offered.length) suggest();
    else {
      active = (active + step + offered.length) % offered.length;
      mark();
    }
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    choose(offered[active]);
  } else if (event.key === "Escape" && offered.length) {
    event.stopPropagation();
    closeSuggestions();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  search.value = "";
  select({});
});
at("view-all").addEventListener("click", () => viewAll(true));
at("zoom-in").addEventListener("click", () => zoom(1.4));
at("zoom-out").addEventListener("click", () => zoom(1 / 1.4));

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  at("table").open = true;
  at("table").querySelector("summary").focus();
});

function fromAddress() {
  const index = indexOf.get(decoded(location.hash));
  if (index !== undefined && index !== state.node) select({ node: index }, "address");
}

buildLegend("node");
buildLegend("edge");
fillTable();
if (narrow.matches) at("legend").open = false;
firstView();
window.addEventListener("hashchange", fromAddress);
fromAddress();
