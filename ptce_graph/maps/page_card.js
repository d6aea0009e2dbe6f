// The card of what is selected, and the selection itself.
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

// Another page of the same folder, in the same language.
function ownMap({ page }) {
  if (!/^\w[\w.-]*\.html$/.test(page || "")) return [];
  return [" ", el("a", { href: `${page}#lang=${state.language}` }, words.ownMap)];
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
    ...cardHead(node.label, ...kindLine("node", categories.node.get(node.category))),
    el("p", { class: "actions" }, pathButton(index), ...ownMap(node)),
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
    ...cardHead(title, ...kindLine("edge", category)),
    edge.label ? el("p", { class: "said" }, edge.label) : "",
    el("ul", { class: "neighbours" }, ...[from, to].map((end) => el("li", {}, nodeButton(end)))),
    ...factList(edge.facts),
  ];
}

function chosenCard() {
  if (state.path) return pathCard();
  if (state.node >= 0) return nodeCard(state.node);
  return state.edge >= 0 ? edgeCard(state.edge) : [];
}

function fillCard() {
  const chosen = state.node >= 0 || state.edge >= 0 || state.path !== null;
  card.hidden = !chosen;
  document.body.classList.toggle("chosen", chosen);
  card.replaceChildren(...chosenCard());
  return chosen;
}

// ``from`` says where the choice was made, which decides what moves: the view or the focus.
function select({ node = -1, edge = -1, path = null }, from = "map") {
  const had = !card.hidden;
  const focusInside = card.contains(document.activeElement);
  Object.assign(state, { node, edge, path, aiming: -1 });
  if (node >= 0) reveal(node);
  const chosen = fillCard();
  card.scrollTop = 0;
  markAim();
  refresh();
  remember();
  if (chosen && narrow.matches && (from === "search" || from === "address")) {
    search.blur();
    canvas.scrollIntoView({ block: "nearest" });
  }
  if (path) {
    if (path.nodes.length) seeAll(path.nodes);
    say(at("card-title").textContent);
  } else if (node >= 0) {
    if (from === "map" || from === "card") uncover(node);
    else if (from !== "filter") focusNode(node);
    const parts = [fill(words.selected, { name: content.nodes[node].label }), kindOf(node), linksOf(node)];
    say(parts.filter(Boolean).join(", "));
  } else if (edge >= 0) say(fill(words.selected, { name: at("card-title").textContent }));
  else if (had) say(words.cleared);
  if (chosen && (from === "card" || from === "table")) {
    at("card-title").focus({ preventScroll: from === "card" });
  } else if (!chosen && focusInside) canvas.focus({ preventScroll: true });
}

// A node chosen anywhere: the end of a path where one is being made, else the one to look at.
function pick(index, from) {
  if (state.aiming >= 0 && state.aiming !== index) select({ path: pathBetween(state.aiming, index) }, from);
  else select({ node: index }, from);
}
