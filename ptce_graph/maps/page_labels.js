// Labels are ours, not vis-network's: they keep their size on the screen, and as many
// as fit without touching are shown, those that matter most first.
const FONT = '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
const TRAY_FONT = `600 13px ${FONT}`;
const LINE_CHARACTERS = 22;
const MOST_LINES = 3;
const ALWAYS = 6;
const LARGE = 10;
const MEDIUM = 60;
const WIDE_CHARACTERS = 30;
const INK = "#16202c";
const PAPER = "#ffffff";

const order = content.nodes.map((_, index) => index);
order.sort((a, b) => content.nodes[a].rank - content.nodes[b].rank || a - b);

let placedLabels = null;
let placedAt = 0;
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
const trayed = drawn.nodes.map((node) => content.trays.some((tray) => within(tray, node)));
const wrapped = content.nodes.map((node, index) =>
  wrap(node.short, MOST_LINES, trayed[index] ? 16 : LINE_CHARACTERS),
);

function fontSize(index) {
  const { rank } = content.nodes[index];
  const base = rank <= LARGE ? 14.5 : rank <= MEDIUM ? 12 : 11;
  const grown = Math.min(Math.max(network.getScale() / 0.8, 1), 1.5);
  return (narrow.matches ? base - 1.5 : base) * grown;
}

function fontOf(index, small) {
  if (small) return { size: 10.5, weight: 400 };
  const strong = content.nodes[index].rank <= LARGE || index === state.node;
  return { size: fontSize(index), weight: strong ? 600 : 400 };
}

// All boxes are in pixels of the screen, relative to the origin of the map.
function boxes(context, index, place, scale, small = false) {
  const { size, weight } = fontOf(index, small);
  context.font = `${weight} ${size}px ${FONT}`;
  const lines = small ? wrap(content.nodes[index].short, 2, WIDE_CHARACTERS) : wrapped[index];
  const width = Math.max(...lines.map((line) => context.measureText(line).width));
  const height = lines.length * size * 1.18;
  const x = place.x * scale;
  const y = place.y * scale;
  const gap = drawn.nodes[index].size * scale + 3;
  const box = (left, top, align) => ({ index, lines, left, top, width, height, align, size, weight });
  const below = box(x - width / 2, y + gap, "center");
  // In a tray every label stands below its node: the eye reads rows.
  if (trayed[index]) return [below];
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

function within({ x, y, width, height }, place) {
  return place.x >= x && place.x <= x + width && place.y >= y && place.y <= y + height;
}

function overlap(a, b) {
  const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const down = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return across > 0 && down > 0 ? across * down : 0;
}

// Where the tray is too flat for its title, the title stands on it.
function trayTitle(tray, scale) {
  const inside = tray.height * scale > 70;
  return { x: tray.x * scale + (inside ? 12 : 0), y: tray.y * scale + (inside ? 9 : -18) };
}

function placeLabels(context, scale) {
  const lit = bright();
  const ids = drawn.nodes.map((n) => n.id).filter(shownNode);
  const places = network.getPositions(ids);
  const taken = ids.map((id) => {
    const radius = drawn.nodes[id].size * scale + 1;
    const { x, y } = places[id];
    const side = 2 * radius;
    return { owner: id, left: x * scale - radius, top: y * scale - radius, width: side, height: side };
  });
  context.font = TRAY_FONT;
  for (const tray of content.trays) {
    const { width } = context.measureText(tray.label);
    const { x, y } = trayTitle(tray, scale);
    taken.push({ owner: -1, left: x, top: y, width: width + 12, height: 18 });
  }
  const trays = content.trays.map(({ x, y, width, height }) => ({
    left: x * scale,
    top: y * scale,
    width: width * scale,
    height: height * scale,
  }));
  // Beyond the margins of the whole map a label would be cut by the edge of the page.
  const edge = frame();
  const far = 1e4;
  const [left, right] = [edge.left * scale - MARGIN.x, edge.right * scale + MARGIN.x];
  const [top, bottom] = [edge.top * scale - MARGIN.top, edge.bottom * scale + MARGIN.bottom];
  taken.push(
    { owner: -1, left: left - far, top: -far, width: far, height: 2 * far },
    { owner: -1, left: right, top: -far, width: far, height: 2 * far },
    { owner: -1, left: -far, top: top - far, width: 2 * far, height: far },
    { owner: -1, left: -far, top: bottom, width: 2 * far, height: far },
  );
  const queue = order.filter(shownNode);
  if (lit) queue.sort((a, b) => lit.has(b) - lit.has(a));
  const labels = [];
  queue.forEach((index) => {
    const must = index === state.node || content.nodes[index].rank <= ALWAYS;
    // A name that matters may touch a little; others wait for more room.
    const own = taken.find((shape) => shape.owner === index);
    const matters = content.nodes[index].rank <= MEDIUM;
    const allowed = matters ? 0.06 : 0;
    const free = boxes(context, index, places[index], scale);
    if (matters && content.nodes[index].rank > LARGE) free.push(...boxes(context, index, places[index], scale, true));
    let best = null;
    let least = Infinity;
    for (const box of free) {
      const air = { ...box, left: box.left - 3, top: box.top - 1, width: box.width + 6, height: box.height + 2 };
      let cost = trayed[index] ? 0 : trays.reduce((sum, tray) => sum + overlap(air, tray), 0);
      for (const other of taken) {
        // A name nearer to another shape than to its own would name the wrong one.
        if (other.owner >= 0 && other.owner !== index && nearer(box, other, own)) cost = Infinity;
        // Hiding a shape is worse than brushing against a name.
        if (other.owner !== index) cost += overlap(air, other) * (other.owner < 0 ? 1 : 6);
        if (cost > allowed * box.width * box.height && !must) break;
      }
      if (cost < least) [best, least] = [box, cost];
      if (!cost) break;
    }
    if (!best && must) best = free[0];
    if (!best || (!must && least > allowed * best.width * best.height)) return;
    best.alpha = !lit || lit.has(index) ? 1 : 0.25;
    labels.push(best);
    taken.push({ ...best, owner: -1 });
  });
  return labels;
}

function apart(box, shape) {
  const across = Math.max(shape.left - box.left - box.width, box.left - shape.left - shape.width, 0);
  const down = Math.max(shape.top - box.top - box.height, box.top - shape.top - shape.height, 0);
  return Math.hypot(across, down);
}

function nearer(box, other, own) {
  return apart(box, other) + 2 < apart(box, own);
}

function write(context, box, lines) {
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
    context.fillStyle = INK;
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
  write(context, { ...box, align: "center", size, weight: 600 }, lines);
}

function drawHovered(context, scale) {
  if ("node" in hovered && shownNode(hovered.node)) {
    if (placedLabels.some((b) => b.index === hovered.node && b.alpha === 1)) return;
    const { x, y } = network.getPositions([hovered.node])[hovered.node];
    const below = y * scale + drawn.nodes[hovered.node].size * scale + 10;
    plate(context, x * scale, below, wrap(content.nodes[hovered.node].label, 6));
  } else if ("edge" in hovered && shownEdge(hovered.edge)) {
    const { from, to } = drawn.edges[hovered.edge];
    const ends = network.getPositions([from, to]);
    const x = ((ends[from].x + ends[to].x) / 2) * scale;
    const y = ((ends[from].y + ends[to].y) / 2) * scale;
    const edge = content.edges[hovered.edge];
    const category = categories.edge.get(edge.category);
    plate(context, x, y + 8, wrap(edge.label || (category ? category.label : ""), 4));
  }
}

network.on("beforeDrawing", (context) => {
  const scale = network.getScale();
  context.save();
  for (const tray of content.trays) {
    context.fillStyle = "#f4f6f8";
    context.strokeStyle = "#c3ccd6";
    context.lineWidth = 1 / scale;
    context.beginPath();
    context.rect(tray.x, tray.y, tray.width, tray.height);
    context.fill();
    context.stroke();
    context.scale(1 / scale, 1 / scale);
    context.font = TRAY_FONT;
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = "#475463";
    const { x, y } = trayTitle(tray, scale);
    context.fillText(tray.label, x, y);
    context.scale(scale, scale);
  }
  context.restore();
});

network.on("afterDrawing", (context) => {
  const scale = network.getScale();
  context.save();
  context.scale(1 / scale, 1 / scale);
  if (!placedLabels || Math.abs(placedAt - scale) > 1e-6) {
    placedLabels = placeLabels(context, scale);
    placedAt = scale;
  }
  // The least important first: where two must touch, the greater stays whole.
  for (const box of [...placedLabels].reverse()) {
    context.globalAlpha = box.alpha;
    write(context, box, box.lines);
  }
  context.globalAlpha = 1;
  drawHovered(context, scale);
  context.restore();
});
