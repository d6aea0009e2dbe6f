// What the page knows, and the small tools all its parts use.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const content = data.card;
const drawn = { nodes: data.nodes, edges: data.edges, options: JSON.parse(data.options) };
const people = new Intl.PluralRules(content.language);

const state = {
  node: -1,
  edge: -1,
  hidden: { node: new Set(), edge: new Set() },
};
const categories = {
  node: new Map(content.nodeCategories.map((c) => [c.id, c])),
  edge: new Map(content.edgeCategories.map((c) => [c.id, c])),
};
const indexOf = new Map(content.nodes.map((node, index) => [node.id, index]));
const incident = content.nodes.map(() => []);
drawn.edges.forEach((edge, index) => {
  incident[edge.from].push(index);
  if (edge.to !== edge.from) incident[edge.to].push(index);
});

const at = (id) => document.getElementById(id);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const narrow = window.matchMedia("(max-width: 760px)");

function say(text) {
  at("live").textContent = text;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

function counted(n, one, many) {
  return fill(people.select(n) === "one" ? one : many, { n });
}

function linksOf(index) {
  const n = content.nodes[index].links;
  return n ? counted(n, words.oneLink, words.manyLinks) : words.noLink;
}

// Children are text nodes or elements: there is no way to pass markup.
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// Accents, case, ligatures and apostrophes do not count in a search.
function fold(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[’ʼ]/g, "'");
}

function webLink(address, text) {
  // The same test as on the Python side: a page may have been edited since.
  if (!/^https?:\/\//i.test(address)) return document.createTextNode(text);
  return el(
    "a",
    { href: address, target: "_blank", rel: "noopener noreferrer" },
    text,
    el("span", { class: "unseen" }, ` (${words.newTab})`),
  );
}

const OUTLINES = {
  dot: "M10 3a7 7 0 1 0 .01 0Z",
  square: "M3.5 3.5h13v13h-13Z",
  diamond: "M10 1.5 18.5 10 10 18.5 1.5 10Z",
  triangle: "M10 2 18.5 17h-17Z",
  triangleDown: "M10 18 1.5 3h17Z",
  star: "m10 1 2.6 6.2 6.6.5-5 4.4 1.5 6.5L10 15.1 4.3 18.6l1.5-6.5-5-4.4 6.600-.5Z",
  hexagon: "M5.5 2.5h9L19 10l-4.5 7.5h-9L1 10Z",
};
const STROKES = { solid: "none", dashed: "7 5", dotted: "2 4" };

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Attributes, not styles: the page's policy allows no inline style.
function sample(kind, category) {
  const frame = { viewBox: "0 0 20 20", class: "sample", "aria-hidden": "true" };
  if (!category) return svg("svg", frame);
  if (kind === "node") {
    const outline = { d: OUTLINES[category.shape] || OUTLINES.dot, fill: category.color };
    return svg("svg", frame, svg("path", outline));
  }
  const line = {
    d: "M0 10h28",
    stroke: category.color,
    "stroke-width": 3,
    "stroke-dasharray": STROKES[category.shape],
  };
  return svg("svg", { ...frame, viewBox: "0 0 28 20", class: "sample wide" }, svg("path", line));
}

function shownNode(index) {
  return !state.hidden.node.has(content.nodes[index].category);
}

function shownEdge(index) {
  const { from, to } = drawn.edges[index];
  return (
    !state.hidden.edge.has(content.edges[index].category) && shownNode(from) && shownNode(to)
  );
}

function otherEnd(edge, index) {
  const { from, to } = drawn.edges[edge];
  return from === index ? to : from;
}

// The nodes that stay bright: all (null), or the selection and what it touches.
function bright() {
  if (state.node >= 0) {
    const ends = incident[state.node].filter(shownEdge).map((e) => otherEnd(e, state.node));
    return new Set([state.node, ...ends]);
  }
  if (state.edge >= 0) return new Set([drawn.edges[state.edge].from, drawn.edges[state.edge].to]);
  return null;
}
