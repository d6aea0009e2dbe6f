// Labels are ours, not vis-network's: they keep their size on the screen, and as many
// as fit without touching are shown, those that matter most first.
const FONT = '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
const TRAY_FONT = `600 13px ${FONT}`;
const AREA_FONT = TRAY_FONT;
const LINE_CHARACTERS = 22;
const MOST_LINES = 3;
const ALWAYS = 6;
const LARGE = 10;
const MEDIUM = 60;
const WIDE_CHARACTERS = 30;

let placedLabels = null;
let placedAt = 0;
let wrapped = [];
let hovered = {};

function forgetLabels() {
  placedLabels = null;
}

function hover(what) {
  hovered = what;
  canvas.classList.toggle("pointing", "node" in what || "edge" in what);
  network.redraw();
}

function wrap(text, most, longest = LINE_CHARACTERS) {
  const lines = [];
  let line = "";
  // French sets its punctuation apart, but never at the start of a line.
  const glued = text.trim().replace(/« /g, "«\u00a0").replace(/ (?=[»:;!?])/g, "\u00a0");
  for (const word of glued.split(/[ \t\r\n]+/)) {
    // A word that no line can hold is cut, so that it never runs across the map.
    for (const piece of word.match(/.{1,28}/gu) || []) {
      const longer = line ? `${line} ${piece}` : piece;
      if (line && longer.length > longest) {
        lines.push(line);
        line = piece;
      } else line = longer;
    }
  }
  lines.push(line);
  if (lines.length > most) return [...lines.slice(0, most - 1), `${lines[most - 1]}…`];
  return lines;
}
// Rows of a tray leave less room between neighbours.
const inTray = drawn.nodes.map((node) => trays.some((tray) => within(tray, node)));
const inOverviewTray = plan.nodes.map(
  ({ overview }) => overview && overviewTrays.some((tray) => within(tray, { x: overview[0], y: overview[1] })),
);
const trayed = (index) =>
  ({ network: inTray, overview: inOverviewTray, geo: [] })[state.layout][index];

function wrapLabels() {
  wrapped = content.nodes.map((node, index) =>
    wrap(node.short, MOST_LINES, trayed(index) ? 16 : LINE_CHARACTERS),
  );
}

function fontSize(index, scale) {
  const { rank } = plan.nodes[index];
  const base = rank <= LARGE ? 14.5 : rank <= MEDIUM ? 12 : 11;
  const grown = Math.min(Math.max(scale / 0.8, 1), 1.5);
  return (narrow.matches ? base - 1.5 : base) * grown;
}

function fontOf(index, scale, small) {
  if (small) return { size: 10.5, weight: 400 };
  const strong = plan.nodes[index].rank <= LARGE || index === state.node;
  return { size: fontSize(index, scale), weight: strong ? 600 : 400 };
}

// Measured once for each font: the map is drawn at many scales.
const measured = new Map();
function widthOf(context, line) {
  const key = `${context.font}|${line}`;
  if (!measured.has(key)) measured.set(key, context.measureText(line).width);
  return measured.get(key);
}

// All boxes are in pixels of the screen, relative to the origin of the map.
function boxes(context, index, place, scale, small = false) {
  const { size, weight } = fontOf(index, scale, small);
  context.font = `${weight} ${size}px ${FONT}`;
  const lines = small ? wrap(content.nodes[index].short, 2, WIDE_CHARACTERS) : wrapped[index];
  const width = Math.max(...lines.map((line) => widthOf(context, line)));
  const height = lines.length * size * 1.18;
  const x = place.x * scale;
  const y = place.y * scale;
  const gap = sizeOf(index) * scale + 3;
  const box = (left, top, align) => ({ index, lines, left, top, width, height, align, size, weight });
  const below = box(x - width / 2, y + gap, "center");
  // In a tray every label stands below its node: the eye reads rows.
  if (trayed(index)) return [below];
  return [
    below,
    box(x + gap + 1, y - height / 2, "left"),
    box(x - gap - 1 - width, y - height / 2, "right"),
    box(x - width / 2, y - gap - height, "center"),
    box(x + gap * 0.7, y + gap * 0.7, "left"),
    box(x - gap * 0.7 - width, y + gap * 0.7, "right"),
    box(x + gap * 0.7, y - gap * 0.7 - height, "left"),
    box(x - gap * 0.7 - width, y - gap * 0.7 - height, "right"),
    // Where all is taken nearby, a little further off is better than no name.
    box(x - width / 2, y + gap * 2, "center"),
    box(x - width / 2, y - gap * 2 - height, "center"),
    box(x + gap * 2, y - height / 2, "left"),
    box(x - gap * 2 - width, y - height / 2, "right"),
  ];
}

// The shapes, the titles and the margins: what names must not hide.
function obstacles(ids, places, scale) {
  const shapes = ids.map((id) => {
    const radius = sizeOf(id) * scale + 1;
    const { x, y } = places[id];
    const side = 2 * radius;
    return { owner: id, left: x * scale - radius, top: y * scale - radius, width: side, height: side };
  });
  // Beyond the margins of the whole map a label would be cut by the edge of the page.
  const edge = frame();
  const far = 1e5;
  const [left, right] = [edge.left * scale - margins().x, edge.right * scale + margins().x];
  const [top, bottom] = [edge.top * scale - MARGIN.top, edge.bottom * scale + MARGIN.bottom];
  return [
    ...shapes,
    { owner: -1, left: left - far, top: -far, width: far, height: 2 * far },
    { owner: -1, left: right, top: -far, width: far, height: 2 * far },
    { owner: -1, left: -far, top: top - far, width: 2 * far, height: far },
    { owner: -1, left: -far, top: bottom, width: 2 * far, height: far },
  ];
}

// What a place for a name costs: the area it hides, without end where it would mislead.
function costOf(box, index, crowd, framed, limit) {
  const own = apart(box, crowd.own.get(index));
  const air = { ...box, left: box.left - 3, top: box.top - 1, width: box.width + 6, height: box.height + 2 };
  const foreign = state.layout !== "geo" && !trayed(index) ? framed : [];
  let cost = foreign.reduce((sum, tray) => sum + overlap(air, tray), 0);
  for (const other of crowd.near(air, own)) {
    if (other.owner === index) continue;
    // A name nearer to another shape than to its own would name the wrong one.
    if (other.owner >= 0 && apart(box, other) + 2 < own) return Infinity;
    // Hiding a shape is worse than brushing against a name.
    cost += overlap(air, other) * (other.owner < 0 ? 1 : 6);
    if (cost > limit) return cost;
  }
  return cost;
}

// The best place for a name, or none: the rest wait for more room.
function placeOne(context, index, place, scale, crowd, framed) {
  const { rank } = plan.nodes[index];
  const onPath = state.path && state.path.nodes.includes(index);
  const must = index === state.node || onPath || (rank <= (narrow.matches ? ALWAYS / 2 : ALWAYS) && state.layout !== "geo");
  // A name that matters may touch a little.
  const matters = rank <= MEDIUM;
  const allowed = matters ? 0.06 : 0;
  const free = boxes(context, index, place, scale);
  if (matters && rank > LARGE) free.push(...boxes(context, index, place, scale, true));
  let best = null;
  let least = Infinity;
  for (const box of free) {
    const limit = must ? Infinity : allowed * box.width * box.height;
    const cost = costOf(box, index, crowd, framed, limit);
    if (cost < least) [best, least] = [box, cost];
    if (!cost) break;
  }
  if (!best) return must ? free[0] : null;
  return must || least <= allowed * best.width * best.height ? best : null;
}

function placeLabels(context, scale) {
  const lit = bright();
  const ids = order.filter(shownNode);
  const places = network.getPositions(ids);
  const taken = obstacles(ids, places, scale);
  const titles = frameTitles(context, scale);
  for (const title of titles) taken.push({ ...title, owner: -1, width: title.width + 12 });
  const named = areaNames(context, scale, areasDrawn(scale), taken);
  for (const title of named) taken.push({ ...title, owner: -1 });
  const crowd = new Crowd(taken);
  const framed = framesNow().map(({ x, y, width, height }) => ({
    left: x * scale,
    top: y * scale,
    width: width * scale,
    height: height * scale,
  }));
  const queue = [...ids];
  if (lit) queue.sort((a, b) => lit.nodes.has(b) - lit.nodes.has(a));
  const labels = [];
  for (const index of queue) {
    const best = placeOne(context, index, places[index], scale, crowd, framed);
    if (!best) continue;
    best.alpha = !lit || lit.nodes.has(index) ? 1 : 0.25;
    labels.push(best);
    crowd.add({ ...best, owner: -1 });
  }
  // The titles last, for they are drawn first.
  const all = [...titles, ...named].map((title) => ({ ...title, index: -1, alpha: 1 }));
  return [...labels, ...all];
}

function write(context, box) {
  const { lines } = box;
  context.font = `${box.weight} ${box.size}px ${FONT}`;
  context.textAlign = box.align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const x = { left: box.left, center: box.left + box.width / 2, right: box.left + box.width };
  lines.forEach((line, row) => {
    const y = box.top + (row + 0.5) * box.size * 1.18;
    context.strokeStyle = PAPER;
    context.lineWidth = 4;
    context.strokeText(line, x[box.align], y);
    context.fillStyle = box.color || INK;
    context.fillText(line, x[box.align], y);
  });
}

function labelAt({ x, y }) {
  const [left, top] = [x * placedAt, y * placedAt];
  const hit = (placedLabels || []).find(
    (b) => left >= b.left && left <= b.left + b.width && top >= b.top && top <= b.top + b.height,
  );
  return hit ? hit.index : -1;
}

function plate(context, x, y, lines, scale) {
  const size = 13;
  context.font = `600 ${size}px ${FONT}`;
  const width = Math.max(...lines.map((line) => context.measureText(line).width));
  const box = { left: x - width / 2, top: y, width, height: lines.length * size * 1.18 };
  context.fillStyle = PAPER;
  context.strokeStyle = "#cbd3dc";
  context.lineWidth = 1;
  context.beginPath();
  context.rect(box.left - 8, box.top - 5, width + 16, box.height + 10);
  context.fill();
  context.stroke();
  write(context, { ...box, lines, align: "center", size, weight: 600 });
}

function drawHovered(context, scale) {
  if ("node" in hovered && shownNode(hovered.node)) {
    if (placedLabels.some((b) => b.index === hovered.node && b.alpha === 1)) return;
    const { x, y } = network.getPositions([hovered.node])[hovered.node];
    const below = y * scale + sizeOf(hovered.node) * scale + 10;
    plate(context, x * scale, below, wrap(content.nodes[hovered.node].label, 6));
  } else if ("edge" in hovered && shownEdge(hovered.edge)) {
    const { from, to } = drawn.edges[hovered.edge];
    const ends = network.getPositions([from, to]);
    const x = ((ends[from].x + ends[to].x) / 2) * scale;
    const y = ((ends[from].y + ends[to].y) / 2) * scale;
    const edge = content.edges[hovered.edge];
    plate(context, x, y + 8, wrap(edge.label || edgeKind(hovered.edge), 4));
  }
}

network.on("afterDrawing", (context) => {
  const scale = network.getScale();
  // Names would jump about while the nodes travel.
  if (moving) return;
  context.save();
  context.scale(1 / scale, 1 / scale);
  if (!placedLabels || Math.abs(placedAt - scale) > 1e-6) {
    placedLabels = placeLabels(context, scale);
    placedAt = scale;
  }
  // The least important first: where two must touch, the greater stays whole.
  for (const box of [...placedLabels].reverse()) {
    context.globalAlpha = box.alpha;
    write(context, box);
  }
  context.globalAlpha = 1;
  drawHovered(context, scale);
  context.restore();
});
