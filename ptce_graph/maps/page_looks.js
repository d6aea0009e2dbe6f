// Sizes, colours and shapes: of nodes by their category, a measure or their groups.
const GREY = "#c2cad3";
const EDGE_NEUTRAL = "#5f6b7a";
const SHAPE_NEUTRAL = "#6b7785";
const INK = "#16202c";
const PAPER = "#ffffff";
// One hue from light to dark: it reads the same for colour-blind people and in print.
const RAMP = ["#d3e3f3", "#94c1de", "#4c96c8", "#1762a8", "#08306b"];
const SMALLEST = 6;
const LARGEST = 30;

const ranges = new Map(
  plan.scales.map(({ id }) => {
    const found = valuesOf.filter((v) => v.has(id)).map((v) => v.get(id));
    const least = found.reduce((a, b) => Math.min(a, b), Infinity);
    const most = found.reduce((a, b) => Math.max(a, b), -Infinity);
    return [id, found.length ? { least, most, missing: found.length < plan.nodes.length } : null];
  }),
);

function channels(color) {
  return [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
}

function mixed(one, other, part) {
  const [a, b] = [channels(one), channels(other)];
  const mix = a.map((value, i) => Math.round(value + (b[i] - value) * part));
  return `#${mix.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

const darker = (color) => mixed(color, "#000000", 0.35);

function ramp(part) {
  const place = Math.min(Math.max(part, 0), 1) * (RAMP.length - 1);
  const step = Math.min(Math.floor(place), RAMP.length - 2);
  return mixed(RAMP[step], RAMP[step + 1], place - step);
}

function share(value, least, most) {
  return most > least ? (value - least) / (most - least) : 1;
}

function sizeOf(index) {
  const range = ranges.get(state.size);
  if (!range) return drawn.nodes[index].size;
  const value = valuesOf[index].get(state.size);
  if (value === undefined) return SMALLEST;
  // The area of the shape grows with the value, from zero where there is one.
  const part = share(value, Math.min(range.least, 0), range.most);
  return SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(part);
}

// The groups that colour a node: the first fills it, another one rings it.
function coloursOf(index) {
  const { category } = plan.nodes[index];
  const range = ranges.get(state.color);
  const chosen = plan.groupings.find((g) => g.id === state.color);
  if (chosen) {
    const own = groupsOf[index].get(chosen.id) || [];
    const shown = chosen.groups.filter(
      ({ id }) => own.includes(id) && !state.hidden.group.has(groupKey(chosen.id, id)),
    );
    return shown.length ? shown.map(({ color }) => color) : [GREY];
  }
  if (range) {
    const value = valuesOf[index].get(state.color);
    return [value === undefined ? GREY : ramp(share(value, range.least, range.most))];
  }
  const found = plan.nodeCategories.find(({ id }) => id === category);
  return [found ? found.color : EDGE_NEUTRAL];
}

function nodeLook(index) {
  const [fill, ...others] = coloursOf(index);
  return {
    fill,
    border: others.length ? others[0] : darker(fill),
    width: others.length ? 4 : 1.5,
    size: sizeOf(index),
    shape: drawn.nodes[index].shape,
  };
}

function edgeLook(index) {
  const category = plan.edgeCategories.find(({ id }) => id === plan.edges[index].category);
  return {
    color: category ? category.color : EDGE_NEUTRAL,
    shape: category ? category.shape : "solid",
  };
}

// Where a shape ends, around its centre: what vis-network draws, for the other pictures.
function corners(shape, radius) {
  const around = (n, far, turn) =>
    Array.from({ length: n }, (_, i) => {
      const angle = turn + (2 * Math.PI * i) / n;
      const r = typeof far === "function" ? far(i) : far;
      return [r * Math.sin(angle), -r * Math.cos(angle)];
    });
  if (shape === "square") return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]) => [x * radius, y * radius]);
  if (shape === "diamond") return around(4, radius, 0);
  if (shape === "hexagon") return around(6, radius, Math.PI / 6);
  if (shape === "star") {
    const r = radius * 0.82;
    return around(10, (i) => (i % 2 ? 0.5 : 1.3) * r, 0).map(([x, y]) => [x, y + 0.1 * r]);
  }
  if (shape === "triangle" || shape === "triangleDown") {
    const r = radius * 1.15;
    const inner = r / Math.sqrt(3);
    const tip = Math.sqrt(3) * r - inner;
    const up = [[0, 0.275 * r - tip], [r, 0.275 * r + inner], [-r, 0.275 * r + inner]];
    return shape === "triangle" ? up : up.map(([x, y]) => [x, -y]);
  }
  return null;
}

const pair = ([x, y]) => `${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100}`;

function shapeAt(shape, x, y, radius, attributes) {
  const points = corners(shape, radius);
  if (!points) return svg("circle", { cx: x, cy: y, r: radius, ...attributes });
  const d = `M${points.map(([dx, dy]) => pair([x + dx, y + dy])).join("L")}Z`;
  return svg("path", { d, ...attributes });
}

const STROKES = { solid: "none", dashed: "7 5", dotted: "2 4" };

// Attributes, not styles: the page's policy allows no inline style.
function sample(kind, category, fill) {
  const box = { viewBox: "0 0 20 20", class: "sample", "aria-hidden": "true" };
  if (!category) return svg("svg", box);
  if (kind === "node") {
    const radius = { square: 6.5, dot: 7, triangle: 7, triangleDown: 7 }[category.shape] || 8.5;
    return svg("svg", box, shapeAt(category.shape, 10, 10, radius, { fill: fill || category.color }));
  }
  const line = {
    d: "M0 10h28",
    stroke: category.color,
    "stroke-width": 3,
    "stroke-dasharray": STROKES[category.shape],
  };
  return svg("svg", { ...box, viewBox: "0 0 28 20", class: "sample wide" }, svg("path", line));
}
const nodeSample = (index) => {
  const { fill, shape } = nodeLook(index);
  return sample("node", { shape, color: fill });
};
