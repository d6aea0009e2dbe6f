// What the page knows, and the small tools all its parts use.
const data = JSON.parse(document.getElementById("data").textContent);
const plan = data.map;
const drawn = { nodes: data.nodes, edges: data.edges, options: JSON.parse(data.options) };
const languages = Object.keys(data.texts);

const state = {
  language: data.language,
  node: -1,
  edge: -1,
  path: null,
  aiming: -1,
  layout: "network",
  size: "",
  color: "",
  areas: "",
  year: null,
  datedOnly: false,
  near: false,
  circle: null,
  asked: new Set(),
  hidden: { node: new Set(), edge: new Set(), group: new Set() },
};
const incident = drawn.nodes.map(() => []);
drawn.edges.forEach((edge, index) => {
  incident[edge.from].push(index);
  if (edge.to !== edge.from) incident[edge.to].push(index);
});
const indexOf = new Map(plan.nodes.map((node, index) => [node.id, index]));
const edgeIndexOf = new Map(plan.edges.map((edge, index) => [edge.id, index]));
const order = plan.nodes.map((_, index) => index);
order.sort((a, b) => plan.nodes[a].rank - plan.nodes[b].rank || a - b);

const at = (id) => document.getElementById(id);
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const narrow = window.matchMedia("(max-width: 760px)");
const low = window.matchMedia("(max-height: 560px)");

function say(text) {
  at("live").textContent = text;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, key) =>
    Object.hasOwn(values, key) ? String(values[key]) : whole,
  );
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

function button(attributes, ...children) {
  return el("button", { type: "button", ...attributes }, ...children);
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

function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function otherEnd(edge, index) {
  const { from, to } = drawn.edges[edge];
  return from === index ? to : from;
}

function within({ x, y, width, height }, place) {
  return place.x >= x && place.x <= x + width && place.y >= y && place.y <= y + height;
}

// The same names everywhere: x, y, width, height.
function frames(list) {
  return list.map(([x, y, width, height]) => ({ x, y, width, height }));
}
const trays = frames(plan.trays);
const overviewTrays = frames(plan.overviewTrays);
const insets = frames(plan.geography ? plan.geography.insets : []);
