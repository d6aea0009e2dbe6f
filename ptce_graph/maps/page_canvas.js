// The drawing: vis-network holds it, this part says what is bright and what is hidden.
const FADED = 0.12;
const MARGIN = { x: 84, top: 26, bottom: 64 };
const NEAREST = 3;
const CARD_WIDTH = 360;

const nodeSet = new vis.DataSet(drawn.nodes);
const edgeSet = new vis.DataSet(drawn.edges);
const canvas = at("canvas");
const network = new vis.Network(canvas, { nodes: nodeSet, edges: edgeSet }, drawn.options);
// The library's own frame would be a second, nameless stop for the keyboard.
canvas.querySelector(".vis-network").tabIndex = -1;

let wholeInView = true;
let farthest = 0.05;

function refresh() {
  const lit = bright();
  const touched = new Set(state.node >= 0 ? incident[state.node] : [state.edge]);
  nodeSet.update(
    drawn.nodes.map(({ id }) => ({
      id,
      hidden: !shownNode(id),
      opacity: !lit || lit.has(id) ? 1 : FADED,
    })),
  );
  edgeSet.update(
    drawn.edges.map(({ id, color }) => ({
      id,
      hidden: !shownEdge(id),
      color: { ...color, opacity: !lit ? color.opacity : touched.has(id) ? 0.95 : 0.07 },
      width: lit && touched.has(id) ? 3.5 : 2.5,
    })),
  );
  network.unselectAll();
  if (state.node >= 0) network.selectNodes([state.node], false);
  else if (state.edge >= 0) network.selectEdges([state.edge]);
  forgetLabels();
  network.redraw();
}

function frame() {
  const places = network.getPositions(drawn.nodes.map((n) => n.id).filter(shownNode));
  const xs = [];
  const ys = [];
  for (const [id, { x, y }] of Object.entries(places)) {
    const { size } = drawn.nodes[id];
    xs.push(x - size, x + size);
    ys.push(y - size, y + size);
  }
  for (const tray of content.trays) {
    xs.push(tray.x, tray.x + tray.width);
    ys.push(tray.y, tray.y + tray.height);
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
  return calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" };
}

function viewAll(animated) {
  const box = frame();
  const width = Math.max(canvas.clientWidth - 2 * MARGIN.x, 80);
  const height = Math.max(canvas.clientHeight - MARGIN.top - MARGIN.bottom, 80);
  const scale = Math.min(
    width / Math.max(box.right - box.left, 1),
    height / Math.max(box.bottom - box.top, 1),
    1.4,
  );
  farthest = scale * 0.6;
  network.moveTo({
    position: {
      x: (box.left + box.right) / 2,
      y: (box.top + box.bottom) / 2 + (MARGIN.bottom - MARGIN.top) / 2 / scale,
    },
    scale,
    animation: animated ? motion() : false,
  });
  wholeInView = true;
}

// A phone shows the whole map too small to read: begin with what matters most.
function firstView() {
  viewAll(false);
  const first = order.find(shownNode);
  if (!narrow.matches || first === undefined || network.getScale() > 0.3) return;
  const scale = Math.min(network.getScale() * 2.2, 0.4);
  network.moveTo({ position: network.getPositions([first])[first], scale, animation: false });
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
  if (narrow.matches) {
    const covered = canvas.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
    area.height -= Math.min(Math.max(covered, 0), area.height * 0.7);
  } else area.width -= Math.min(CARD_WIDTH, area.width / 2);
  return area;
}

function focusNode(index) {
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
  if (nodes.length) select({ node: nodes[0] });
  else if (label >= 0) select({ node: label });
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
