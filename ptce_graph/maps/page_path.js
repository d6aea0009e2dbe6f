// The shortest paths between two nodes over the links shown, whichever way they point.
const MOST_WAYS = 20;

// How far each node is from ``to``, and over how many shortest ways.
function distances(to) {
  const depth = new Map([[to, 0]]);
  const ways = new Map([[to, 1]]);
  const queue = [to];
  for (let i = 0; i < queue.length; i += 1) {
    const here = queue[i];
    for (const next of beside(here)) {
      if (!depth.has(next)) {
        depth.set(next, depth.get(here) + 1);
        ways.set(next, 0);
        queue.push(next);
      }
      if (depth.get(next) === depth.get(here) + 1) ways.set(next, ways.get(next) + ways.get(here));
    }
  }
  return { depth, ways };
}

// The others that links shown tie to it, those of most weight first: the same on every visit.
function beside(index) {
  const found = new Set(incident[index].filter(shownEdge).map((edge) => otherEnd(edge, index)));
  found.delete(index);
  return [...found].sort((a, b) => plan.nodes[a].rank - plan.nodes[b].rank || a - b);
}

const isPlanned = (edge) => plan.edges[edge].category === "planned";

function plannedStep(one, other) {
  return incident[one].filter((edge) => shownEdge(edge) && otherEnd(edge, one) === other).every(isPlanned);
}

// The first of the shortest ways, each as its nodes; every step leads nearer, so none ends early.
// Steps that documents tell as done come before those that are only planned.
function firstWays(from, to, depth) {
  const found = [];
  const walk = (nodes) => {
    const here = nodes[nodes.length - 1];
    if (found.length === MOST_WAYS) return;
    if (here === to) found.push(nodes);
    else {
      const nearer = beside(here).filter((next) => depth.get(next) === depth.get(here) - 1);
      const planned = new Set(nearer.filter((next) => plannedStep(here, next)));
      nearer.sort((a, b) => planned.has(a) - planned.has(b));
      for (const next of nearer) walk([...nodes, next]);
    }
  };
  walk([from]);
  return found;
}

function linksAlong(nodes) {
  return nodes.slice(1).map((node, i) =>
    incident[node].filter((edge) => shownEdge(edge) && otherEnd(edge, node) === nodes[i]),
  );
}

// A step is planned where no document tells any of its links as done.
const plannedSteps = ({ edges }) => edges.filter((links) => links.every(isPlanned)).length;

function pathBetween(from, to, chosen = 0) {
  const none = { from, to, list: [], ways: 0, chosen: 0, nodes: [], edges: [] };
  if (!shownNode(from) || !shownNode(to)) return none;
  const { depth, ways } = distances(to);
  if (!depth.has(from)) return none;
  const list = firstWays(from, to, depth).map((nodes) => ({ nodes, edges: linksAlong(nodes) }));
  list.sort((a, b) => plannedSteps(a) - plannedSteps(b));
  return withWay({ from, to, list, ways: ways.get(from) }, chosen);
}

// The one of the paths that is drawn and told in full.
function withWay(path, wanted) {
  const chosen = wanted >= 0 && wanted < path.list.length ? wanted : 0;
  return { ...path, chosen, ...path.list[chosen] };
}

// After a change of what is shown: the same path where it is still one of the shortest.
function pathAgain() {
  const before = String(state.path.nodes);
  const path = pathBetween(state.path.from, state.path.to);
  return path.list.length ? withWay(path, path.list.findIndex(({ nodes }) => String(nodes) === before)) : path;
}

function pathButton(index) {
  const aim = () => {
    leaveNear();
    state.aiming = index;
    markAim();
    say(fill(words.pathAim, { name: content.nodes[index].label }));
    search.value = "";
    if (!narrow.matches) search.focus();
    else at("aim").querySelector("button").focus();
  };
  return button({ id: "path-from", onclick: aim }, words.pathTo);
}

// While the other end is awaited, a line over the map says so.
function markAim() {
  const aiming = state.aiming >= 0;
  at("aim").hidden = !aiming;
  document.body.classList.toggle("aiming", aiming);
  if (!aiming) return at("aim").replaceChildren();
  const stop = () => {
    state.aiming = -1;
    markAim();
    canvas.focus({ preventScroll: true });
  };
  return at("aim").replaceChildren(
    el("span", {}, fill(words.pathAim, { name: content.nodes[state.aiming].label })),
    button({ onclick: stop }, words.cancel),
  );
}

// Derived links rest on several documents: what each tells is under them.
const DERIVED = new Set(["overlap", "comembership", "between"]);

function linkState(edge) {
  if (isPlanned(edge)) return words.planned;
  return DERIVED.has(plan.edges[edge].category) ? "" : words.observed;
}

const stateTag = (text) => (text ? el("span", { class: "tag" }, text) : "");

function step(index, position) {
  const { nodes, edges } = state.path;
  if (position === 0) return el("li", {}, nodeButton(index));
  const tie = (edge) =>
    el("li", {}, edgeButton(edge, true), stateTag(linkState(edge)), stepFacts(edge, nodes[position - 1]));
  return el("li", {}, el("ul", { class: "ties" }, ...edges[position - 1].map(tie)), nodeButton(index));
}

// Which way the link goes, and what the documents say of it.
function stepFacts(edge, before) {
  const { directed, facts } = content.edges[edge];
  const ends = [drawn.edges[edge].from, drawn.edges[edge].to].map((i) => content.nodes[i].short);
  const backwards = directed && drawn.edges[edge].from !== before;
  const way = backwards ? [el("p", { class: "way" }, `${ends[0]} → ${ends[1]}`)] : [];
  // The line above has said the role already.
  const list = facts.map(({ text, passages: where }) =>
    el("li", {}, text === content.edges[edge].label ? "" : text, passages(where)),
  );
  return el("div", {}, ...way, list.length ? el("ul", { class: "facts" }, ...list) : "");
}

function wayState(way) {
  const planned = plannedSteps(way);
  if (way.edges.flat().some((edge) => !linkState(edge))) return "";
  if (!planned) return words.observed;
  return planned === way.edges.length ? words.planned : words.partlyPlanned;
}

function chooseWay(number) {
  state.path = withWay(state.path, number);
  fillCard();
  refresh();
  remember();
  seeAll(state.path.nodes);
  const line2 = card.querySelectorAll(".ways > li > button")[number];
  line2.focus();
  line2.scrollIntoView({ block: "nearest" });
  say(line2.textContent);
}

const wholeWay = () => el("ol", { class: "path neighbours" }, ...state.path.nodes.map(step));

// One line for each path; the one that is drawn stands open.
function wayLine(way, number) {
  const open = number === state.path.chosen;
  const text = way.nodes.map((index) => content.nodes[index].short).join(" → ");
  const head = { class: "other", "aria-expanded": String(open), onclick: () => chooseWay(number) };
  return el("li", {}, button(head, text, " ", stateTag(wayState(way))), open ? wholeWay() : "");
}

function waysList() {
  const { list, ways } = state.path;
  if (list.length < 2) return [wholeWay()];
  const more = ways - list.length;
  return [
    el("ol", { class: "ways" }, ...list.map(wayLine)),
    more > 0 ? el("p", { class: "said" }, counted(more, words.oneMoreWay, words.moreWays)) : "",
  ];
}

function pathCard() {
  const { from, to, nodes, ways } = state.path;
  const names = { from: content.nodes[from].label, to: content.nodes[to].label };
  const head = cardHead(fill(words.pathTitle, names));
  const ends = [from, to].map((end) => el("li", {}, nodeButton(end)));
  if (!nodes.length) {
    return [...head, el("p", { class: "said" }, words.noPath), el("ul", { class: "neighbours" }, ...ends)];
  }
  const said2 = [`${counted(nodes.length - 1, words.oneStep, words.manySteps)}.`];
  if (ways > 1) said2.push(fill(words.otherPaths, { n: ways }));
  said2.push(words.pathOver);
  return [
    ...head,
    el("p", { class: "said" }, said2.join(" ")),
    nodes.length === 3 ? el("h3", {}, fill(words.inCommon, { n: ways })) : "",
    ...waysList(),
  ];
}
