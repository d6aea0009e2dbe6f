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

// What the filters leave of all years.
function allowedNode(index) {
  if (!inLayout(index)) return false;
  if (state.asked.has(index)) return true;
  return !state.hidden.node.has(plan.nodes[index].category) && inGroups(index);
}

function shownNode(index) {
  return allowedNode(index) && (inTime(index) || state.asked.has(index)) && inCircle(index);
}

// Where only the neighbours of the chosen one are asked for.
function inCircle(index) {
  return state.circle === null || state.circle.has(index);
}

function undated(index) {
  const { start, end } = plan.edges[index];
  return start === undefined && end === undefined;
}

// Nothing says that an undated link held in the year: it is shown as such, or not at all.
function holds(index) {
  const { start, end } = plan.edges[index];
  if (state.year === null) return true;
  if (undated(index)) return !state.datedOnly;
  return !(start > state.year) && !(end < state.year);
}

const pale = (index) => state.year !== null && undated(index);

function edgeInLayout(index) {
  return (state.layout === "overview") === index >= plan.ownEdges;
}

// Poles and networks stay in every year: they are what the others are looked at by.
const STAYING = new Set(["pole", "network"]);
let timely = { key: "", nodes: new Set() };

function inTime(index) {
  if (state.year === null || STAYING.has(plan.nodes[index].category)) return true;
  const key = `${state.layout} ${state.year} ${state.datedOnly}`;
  if (timely.key !== key) timely = { key, nodes: new Set(order.filter(tiedInTime)) };
  return timely.nodes.has(index);
}

// One without any link has no date either, and is treated as a link without a date.
function tiedInTime(index) {
  const own = incident[index].filter(edgeInLayout);
  return own.length ? own.some(holds) : !state.datedOnly;
}

function allowedEdge(index) {
  const { from, to } = drawn.edges[index];
  return (
    edgeInLayout(index) &&
    !state.hidden.edge.has(plan.edges[index].category) &&
    allowedNode(from) &&
    allowedNode(to)
  );
}

function shownEdge(index) {
  const { from, to } = drawn.edges[index];
  if (!allowedEdge(index) || !holds(index)) return false;
  return [from, to].every((end) => inTime(end) && inCircle(end));
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

// It was asked for by name: it alone is shown beside what the filters leave.
function reveal(index) {
  if (shownNode(index)) return;
  state.asked.add(index);
  if (!inLayout(index)) chooseLayout("network", false);
  state.asked.delete(index);
  if (shownNode(index)) return;
  state.asked.add(index);
  buildLegends();
  filtered(false);
}
