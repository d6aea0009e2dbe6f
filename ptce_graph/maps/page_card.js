// The card of what is selected, and the selection itself.
const card = at("card");

function passages(list) {
  if (!list.length) return null;
  return el(
    "ul",
    { class: "passages", "aria-label": words.passages },
    ...list.map(([source, section, lines, said]) => {
      const where = [section, lines && fill(words.lines, { lines })].filter(Boolean).join(", ");
      const title = new Map(Object.entries(content.sources)).get(source) || source;
      const doubt = said ? el("span", { class: "doubt" }, said) : "";
      return el("li", {}, el("cite", {}, title), where ? ` — ${where}` : "", doubt);
    }),
  );
}

function nodeButton(index) {
  return el(
    "button",
    { type: "button", class: "node", onclick: () => select({ node: index }, "card") },
    sample("node", categories.node.get(content.nodes[index].category)),
    content.nodes[index].label,
  );
}

// A sentence about a link leads to the other end.
function factText({ text, other }) {
  if (other === undefined || other < 0) return text;
  const choose = () => select({ node: other }, "card");
  return el("button", { type: "button", class: "other", onclick: choose }, text);
}

function factList(facts) {
  if (!facts.length) return [];
  return [
    el("h3", {}, words.facts),
    el(
      "ul",
      { class: "facts" },
      ...facts.map((fact) => el("li", {}, factText(fact), passages(fact.passages))),
    ),
  ];
}

function neighbours(index) {
  const edges = incident[index].filter(shownEdge);
  if (!edges.length) return [];
  const byNode = new Map();
  for (const edge of edges) {
    const other = otherEnd(edge, index);
    if (!byNode.has(other)) byNode.set(other, []);
    byNode.get(other).push(edge);
  }
  const sorted = [...byNode.keys()].sort((a, b) => content.nodes[a].rank - content.nodes[b].rank);
  return [
    el("h3", {}, `${words.neighbours} (${sorted.length})`),
    el(
      "ul",
      { class: "neighbours" },
      ...sorted.map((other) =>
        el("li", {}, nodeButton(other), ...byNode.get(other).map((edge) => edgeButton(edge))),
      ),
    ),
  ];
}

function edgeButton(index) {
  const edge = content.edges[index];
  const category = categories.edge.get(edge.category);
  return el(
    "button",
    { type: "button", class: "edge", onclick: () => select({ edge: index }, "card") },
    sample("edge", category),
    edge.label || (category ? category.label : edge.id),
  );
}

function cardHead(kind, title, category) {
  return [
    el(
      "button",
      { type: "button", class: "close", "aria-label": words.close, onclick: () => select({}) },
      "×",
    ),
    el("h2", { id: "card-title", tabindex: "-1" }, title),
    category ? el("p", { class: "kind" }, sample(kind, category), category.label) : null,
  ].filter(Boolean);
}

function nodeCard(index) {
  const node = content.nodes[index];
  const rows = node.attributes.map(([name, value, meaning]) => [name, value, meaning]);
  if (node.website) {
    const shown = node.website.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
    rows.push([words.website, webLink(node.website, shown)]);
  }
  if (node.iri) rows.push([words.iri, node.iri]);
  return [
    ...cardHead("node", node.label, categories.node.get(node.category)),
    el("dl", {}, ...rows.flatMap(([name, value, meaning]) => [
      el("dt", {}, name),
      el("dd", {}, value, meaning ? el("small", {}, meaning) : ""),
    ])),
    ...factList(node.facts),
    ...neighbours(index),
  ];
}

function edgeCard(index) {
  const edge = content.edges[index];
  const { from, to } = drawn.edges[index];
  const category = categories.edge.get(edge.category);
  const title = `${content.nodes[from].label} ${edge.directed ? "→" : "–"} ${content.nodes[to].label}`;
  return [
    ...cardHead("edge", title, category),
    edge.label ? el("p", { class: "said" }, edge.label) : "",
    el("ul", { class: "neighbours" }, ...[from, to].map((end) => el("li", {}, nodeButton(end)))),
    ...factList(edge.facts),
  ];
}

function remember() {
  const hash = state.node >= 0 ? `#${encodeURIComponent(content.nodes[state.node].id)}` : "";
  if (decoded(location.hash) === decoded(hash)) return;
  try {
    history.replaceState(null, "", hash || location.pathname + location.search);
  } catch {
    // Some frames have no address of their own: the map works without a permalink.
  }
}

function decoded(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

// ``from`` says where the choice was made, which decides what moves: the view or the focus.
function select({ node = -1, edge = -1 }, from = "map") {
  const had = state.node >= 0 || state.edge >= 0;
  const focusInside = card.contains(document.activeElement);
  state.node = node;
  state.edge = edge;
  if (node >= 0 && !shownNode(node)) showCategory("node", content.nodes[node].category);
  const chosen = node >= 0 || edge >= 0;
  card.hidden = !chosen;
  document.body.classList.toggle("chosen", chosen);
  card.replaceChildren(...(node >= 0 ? nodeCard(node) : edge >= 0 ? edgeCard(edge) : []));
  card.scrollTop = 0;
  refresh();
  remember();
  if (chosen && narrow.matches && (from === "search" || from === "address")) {
    search.blur();
    canvas.scrollIntoView({ block: "start" });
  }
  if (node >= 0) {
    if (from === "map" || from === "card") uncover(node);
    else focusNode(node);
    const { label, category } = content.nodes[node];
    const kind = categories.node.get(category);
    const parts = [fill(words.selected, { name: label }), kind && kind.label, linksOf(node)];
    say(parts.filter(Boolean).join(", "));
  } else if (edge >= 0) say(fill(words.selected, { name: at("card-title").textContent }));
  else if (had) say(words.cleared);
  if (chosen && (from === "card" || from === "table")) {
    at("card-title").focus({ preventScroll: from === "card" });
  } else if (!chosen && focusInside) canvas.focus({ preventScroll: true });
}
