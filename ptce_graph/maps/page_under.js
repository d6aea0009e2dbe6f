// What lies under the nodes: trays, the outlines of territories, areas. One list of shapes
// and one of texts, which the canvas and the downloaded picture both draw.
const outlines = plan.geography ? plan.geography.outlines : [];
const LAND = { fill: "#f1f3f5", stroke: "#c6ced7", width: 0.8 };
const TRAY = { fill: "#f4f6f8", stroke: "#c3ccd6", width: 1 };
const rings = outlines.flatMap((list) =>
  list.map((flat) => {
    const ring = [];
    for (let i = 0; i + 1 < flat.length; i += 2) ring.push([flat[i], flat[i + 1]]);
    return ring;
  }),
);

function boxes4({ x, y, width, height }) {
  return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
}

const framesNow = () =>
  state.circle && state.layout !== "geo" ? [] : { network: trays, geo: insets, overview: overviewTrays }[state.layout];
const frameLabels = () =>
  ({ network: content.trays, geo: content.insets, overview: content.overviewTrays })[state.layout];

// What the view must hold besides the nodes.
let landCorners = null;
function underCorners() {
  const found = framesNow().flatMap(boxes4);
  if (state.layout === "geo") {
    if (!landCorners) {
      const points = rings.flat();
      const xs = points.map(([x]) => x);
      const ys = points.map(([, y]) => y);
      const least = (list) => list.reduce((a, b) => Math.min(a, b), Infinity);
      const most = (list) => list.reduce((a, b) => Math.max(a, b), -Infinity);
      landCorners = points.length ? [[least(xs), least(ys)], [most(xs), most(ys)]] : [];
    }
    found.push(...landCorners);
  }
  return found.map(([x, y]) => ({ x, y }));
}

function underShapes(scale) {
  if (moving && state.layout !== "geo") return [];
  const shapes = framesNow().map((box) => ({ ring: boxes4(box), ...TRAY, alpha: 1 }));
  if (state.layout === "geo") {
    if (insets.length) shapes.forEach((shape) => Object.assign(shape, { fill: "#fbfcfd" }));
    shapes.push(...rings.map((ring) => ({ ring, ...LAND, alpha: 1 })));
  }
  for (const { ring, color } of areasDrawn(scale)) {
    shapes.push({ ring, fill: color, alpha: 0.1, stroke: color, width: 1.6 });
  }
  return shapes;
}

// Titles of trays and insets: boxes in pixels of the screen.
function frameTitles(context, scale) {
  context.font = TRAY_FONT;
  const titles = framesNow().map((box, index) => {
    const label = frameLabels()[index] || "";
    // Where the frame is too flat for its title, or full to the top, the title stands on it.
    const inside = state.layout !== "geo" && box.height * scale > 70;
    const longest = Math.max(box.width * scale, 110);
    const lines = state.layout === "geo" ? wrapTo(context, label, longest) : [label];
    const top = box.y * scale + (inside ? 8 : -3 - lines.length * 15);
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    const left = box.x * scale + (inside ? 10 : 0);
    const height = lines.length * 15;
    return { left, top, width, height, lines, align: "left", size: 13, weight: 600, color: "#475463" };
  });
  // Of two titles that would touch, the first stays.
  return titles.filter((title, i) => !titles.slice(0, i).some((other) => overlap(title, other)));
}

function wrapTo(context, text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(/[ \t\r\n]+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function trace(context, ring) {
  context.beginPath();
  ring.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}

network.on("beforeDrawing", (context) => {
  const scale = network.getScale();
  context.save();
  for (const { ring, fill, stroke, alpha, width } of underShapes(scale)) {
    trace(context, ring);
    context.globalAlpha = alpha;
    context.fillStyle = fill;
    context.fill();
    context.globalAlpha = alpha < 1 ? 0.55 : 1;
    context.strokeStyle = stroke;
    context.lineWidth = width / scale;
    context.stroke();
  }
  context.restore();
});
