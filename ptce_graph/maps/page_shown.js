// What is shown: the filters of the legend, the layout and the year, all at once.
const groupsOf = plan.nodes.map((node) => new Map(node.groups || []));
const valuesOf = plan.nodes.map((node) => new Map(node.values || []));
const NO_GROUP = " ";

const grouping = (id) => content.groupings.find((g) => g.id === id);
const scale = (id) => content.scales.find((s) => s.id === id);
const groupKey = (id, group) => JSON.stringify([id, group]);

function inLayout(index) {
  const node = plan.nodes[index];
  if (state.layout === "geo") return Boolean(node.place);
  if (state.layout === "overview") return Boolean(node.overview);
  return true;
}

// Of those with several groups one shown is enough, as one of its names is.
function inGroups(index) {
  if (!state.hidden.group.size || !grouping(state.color)) return true;
  const own = groupsOf[index].get(state.color) || [NO_GROUP];
  return own.some((group) => !state.hidden.group.has(groupKey(state.color, group)));
}

function shownNode(index) {
  return (
    inLayout(index) && !state.hidden.node.has(plan.nodes[index].category) && inGroups(index)
  );
}

function holds(index) {
  const { start, end } = plan.edges[index];
  if (state.year === null) return true;
  return !(start > state.year) && !(end < state.year);
}

function edgeInLayout(index) {
  return (state.layout === "overview") === index >= plan.ownEdges;
}

function shownEdge(index) {
  const { from, to } = drawn.edges[index];
  return (
    edgeInLayout(index) &&
    !state.hidden.edge.has(plan.edges[index].category) &&
    holds(index) &&
    shownNode(from) &&
    shownNode(to)
  );
}

// The nodes and links that stay bright: all (null), or what is chosen and what it touches.
function bright() {
  if (state.path) {
    return { nodes: new Set(state.path.nodes), edges: new Set(state.path.edges.flat()) };
  }
  if (state.node >= 0) {
    const edges = incident[state.node].filter(shownEdge);
    const ends = edges.map((edge) => otherEnd(edge, state.node));
    return { nodes: new Set([state.node, ...ends]), edges: new Set(edges) };
  }
  if (state.edge >= 0) {
    const { from, to } = drawn.edges[state.edge];
    return { nodes: new Set([from, to]), edges: new Set([state.edge]) };
  }
  return null;
}

// Whatever hides the node gives way: it was asked for by name.
function reveal(index) {
  if (shownNode(index)) return;
  if (!inLayout(index)) chooseLayout("network", false);
  state.hidden.node.delete(plan.nodes[index].category);
  if (!inGroups(index)) state.hidden.group.clear();
  buildLegends();
  filtered(false);
}
