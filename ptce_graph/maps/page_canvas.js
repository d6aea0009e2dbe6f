// The drawing: vis-network holds it, this part says what is bright and what is hidden.
const FADED = 0.12;
const MARGIN = { x: 84, top: 26, bottom: 64 };
const NEAREST = 3;
const DASHES = { solid: false, dashed: [12, 9], dotted: [3, 8] };

const nodeSet = new vis.DataSet(drawn.nodes.map((node) => ({ ...node, ...visNode(node.id, null) })));
const edgeSet = new vis.DataSet(drawn.edges.map((edge) => ({ ...edge, ...visEdge(edge.id, null) })));
const canvas = at("canvas");
const network = new vis.Network(canvas, { nodes: nodeSet, edges: edgeSet }, drawn.options);
// The library's own frame would be a second, nameless stop for the keyboard.
canvas.querySelector(".vis-network").tabIndex = -1;

let wholeInView = true;
let farthest = 0.05;

function visNode(id, lit) {
  const { fill, border, width, size } = nodeLook(id);
  const chosen = { background: fill, border: "#111827" };
  return {
    id,
    size,
    borderWidth: width,
    hidden: !shownNode(id),
    opacity: !lit || lit.nodes.has(id) ? 1 : FADED,
    color: { background: fill, border, highlight: chosen, hover: chosen },
  };
}

// On the map of France links cross half the country: they wait until they are asked for.
function linkOpacity(index, lit) {
  const part = pale(index) ? 0.6 : 1;
  // Links among the neighbours, where they are alone on the map, are worth seeing too.
  if (lit) return lit.edges.has(index) ? 0.95 * part : state.circle ? 0.3 : 0.07;
  return (state.layout === "geo" ? 0.22 : 0.7) * part;
}

// Under a year a link without a date is thin: dots and dashes already say what kind it is.
function linkWidth(index, lit) {
  return (lit && lit.edges.has(index) ? 3.5 : 2.5) * (pale(index) ? 0.6 : 1);
}

function visEdge(id, lit) {
  const { color, shape } = edgeLook(id);
  return {
    id,
    hidden: !shownEdge(id),
    dashes: DASHES[shape],
    color: { color, highlight: color, hover: color, opacity: linkOpacity(id, lit) },
    width: linkWidth(id, lit),
  };
}

function refresh() {
  nearOnly();
  const lit = bright();
  nodeSet.update(drawn.nodes.map(({ id }) => visNode(id, lit)));
  edgeSet.update(drawn.edges.map(({ id }) => visEdge(id, lit)));
  network.unselectAll();
  if (state.path) network.selectNodes([state.path.from, state.path.to], false);
  else if (state.node >= 0) network.selectNodes([state.node], false);
  else if (state.edge >= 0) network.selectEdges([state.edge]);
  forgetLabels();
  network.redraw();
}

// Everything that the layout shows, of these nodes or of all shown.
function frame(ids) {
  const list = ids || order.filter(shownNode);
  const places = network.getPositions(list);
  const xs = [];
  const ys = [];
  for (const id of list) {
    const { x, y } = places[id];
    const size = sizeOf(id);
    xs.push(x - size, x + size);
    ys.push(y - size, y + size);
  }
  if (!ids && !state.circle) {
    for (const { x, y } of underCorners()) {
      xs.push(x);
      ys.push(y);
    }
  }
  if (!xs.length) return { left: 0, right: 1, top: 0, bottom: 1 };
  return {
    left: xs.reduce((a, b) => Math.min(a, b)),
    right: xs.reduce((a, b) => Math.max(a, b)),
    top: ys.reduce((a, b) => Math.min(a, b)),
    bottom: ys.reduce((a, b) => Math.max(a, b)),
  };
}

function motion() {
  // Each step of a motion places all names anew: a large map arrives at once.
  return calm.matches || order.length > MOST_ANIMATED ? false : { duration: 350, easingFunction: "easeInOutQuad" };
}

// The view that holds a frame within a width and height, its labels included.
function fitted(box, width, height, margin, most = 1.4) {
  const scale = Math.min(
    Math.max(width - 2 * margin.x, 80) / Math.max(box.right - box.left, 1),
    Math.max(height - margin.top - margin.bottom, 80) / Math.max(box.bottom - box.top, 1),
    most,
  );
  return {
    x: (box.left + box.right) / 2,
    y: (box.top + box.bottom) / 2 + (margin.bottom - margin.top) / 2 / scale,
    scale,
  };
}

function margins() {
  const x = narrow.matches ? 30 : MARGIN.x;
  // Room for the buttons over the map, and on the map of France for the titles of its frames.
  const buttons = at("layouts").hidden ? MARGIN.top : low.matches ? 48 : 62;
  const top = buttons + (state.layout === "geo" ? 18 : 0);
  return { x, top, bottom: low.matches ? 46 : MARGIN.bottom };
}

function viewAll(animated) {
  const { x, y, scale } = fitted(frame(), canvas.clientWidth, canvas.clientHeight, margins());
  farthest = scale * 0.6;
  network.moveTo({ position: { x, y }, scale, animation: animated ? motion() : false });
  wholeInView = true;
}

function seeAll(ids) {
  const area = freeArea();
  const { x, y, scale } = fitted(frame(ids), area.width, area.height, margins(), 1);
  const shift = { x: canvas.clientWidth - area.width, y: canvas.clientHeight - area.height };
  network.moveTo({
    position: { x: x + shift.x / 2 / scale, y: y + shift.y / 2 / scale },
    scale,
    animation: motion(),
  });
  wholeInView = false;
}

function zoom(factor) {
  const scale = Math.min(Math.max(network.getScale() * factor, farthest), NEAREST);
  network.moveTo({ scale, animation: motion() });
  wholeInView = false;
}

function pan(right, down) {
  const { x, y } = network.getViewPosition();
  const step = 80 / network.getScale();
  network.moveTo({ position: { x: x + right * step, y: y + down * step }, animation: false });
  wholeInView = false;
}

// The part of the canvas that the card leaves free.
function freeArea() {
  const card = at("card");
  const area = { width: canvas.clientWidth, height: canvas.clientHeight };
  if (card.hidden) return area;
  if (narrow.matches && !low.matches) {
    const covered = canvas.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
    area.height -= Math.min(Math.max(covered, 0), area.height * 0.7);
  } else area.width -= Math.min(card.offsetWidth + 20, area.width * 0.6);
  return area;
}

function focusNode(index) {
  // On the map of France where the others are is what one wants to see.
  if (state.layout === "geo") {
    seeAll([...bright().nodes]);
    return;
  }
  const area = freeArea();
  network.focus(index, {
    scale: Math.min(Math.max(network.getScale(), 0.75), NEAREST),
    offset: {
      x: (area.width - canvas.clientWidth) / 2,
      y: (area.height - canvas.clientHeight) / 2,
    },
    animation: motion(),
  });
  wholeInView = false;
}

function uncover(index) {
  const { x, y } = network.canvasToDOM(network.getPositions([index])[index]);
  const area = freeArea();
  if (x < 20 || y < 20 || x > area.width - 40 || y > area.height - 40) focusNode(index);
}

network.on("click", ({ nodes, edges, pointer }) => {
  const label = nodes.length ? -1 : labelAt(pointer.canvas);
  const node = nodes.length ? nodes[0] : label;
  if (node >= 0) pick(node, "map");
  else if (state.aiming >= 0) return;
  else if (edges.length) select({ edge: edges[0] });
  else select({});
});
network.on("dragStart", () => {
  wholeInView = false;
});
network.on("dragging", ({ nodes }) => {
  if (nodes.length) forgetLabels();
});
network.on("zoom", ({ scale, pointer }) => {
  wholeInView = false;
  const kept = Math.min(Math.max(scale, farthest), NEAREST);
  if (kept !== scale) network.moveTo({ scale: kept, animation: false });
});
network.on("resize", () => {
  if (wholeInView) viewAll(false);
});
network.on("hoverNode", ({ node }) => hover({ node }));
network.on("blurNode", () => hover({}));
network.on("hoverEdge", ({ edge }) => hover({ edge }));
network.on("blurEdge", () => hover({}));

canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const moves = {
    ArrowLeft: () => pan(-1, 0),
    ArrowRight: () => pan(1, 0),
    ArrowUp: () => pan(0, -1),
    ArrowDown: () => pan(0, 1),
    "+": () => zoom(1.3),
    "=": () => zoom(1.3),
    "-": () => zoom(1 / 1.3),
    0: () => viewAll(true),
  };
  if (Object.hasOwn(moves, event.key)) {
    event.preventDefault();
    moves[event.key]();
  }
});
