// The shortest path between two nodes over the links shown, whichever way they point.
function pathBetween(from, to) {
  const before = new Map([[from, -1]]);
  const ways = new Map([[from, 1]]);
  const depth = new Map([[from, 0]]);
  const queue = [from];
  for (let i = 0; i < queue.length; i += 1) {
    const here = queue[i];
    const seen = new Set();
    for (const edge of incident[here].filter(shownEdge)) {
      const next = otherEnd(edge, here);
      if (seen.has(next)) continue;
      seen.add(next);
      if (!depth.has(next)) {
        depth.set(next, depth.get(here) + 1);
        before.set(next, here);
        ways.set(next, 0);
        queue.push(next);
      }
      if (depth.get(next) === depth.get(here) + 1) ways.set(next, ways.get(next) + ways.get(here));
    }
  }
  if (!shownNode(from) || !shownNode(to) || !depth.has(to)) {
    return { from, to, nodes: [], edges: [], ways: 0 };
  }
  const nodes = [];
  for (let node = to; node !== -1; node = before.get(node)) nodes.unshift(node);
  const edges = nodes.slice(1).map((node, i) =>
    incident[node].filter((edge) => shownEdge(edge) && otherEnd(edge, node) === nodes[i]),
  );
  return { from, to, nodes, edges, ways: ways.get(to) };
}

function pathButton(index) {
  const aim = () => {
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

function step(index, position) {
  const { nodes, edges } = state.path;
  if (position === 0) return el("li", {}, nodeButton(index));
  return el(
    "li",
    {},
    el(
      "ul",
      { class: "ties" },
      ...edges[position - 1].map((edge) =>
        el("li", {}, edgeButton(edge, true), stepFacts(edge, nodes[position - 1])),
      ),
    ),
    nodeButton(index),
  );
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

function pathCard() {
  const { from, to, nodes, ways } = state.path;
  const names = { from: content.nodes[from].label, to: content.nodes[to].label };
  const head = cardHead(fill(words.pathTitle, names));
  const ends = el(
    "ul",
    { class: "neighbours" },
    ...[from, to].map((end) => el("li", {}, nodeButton(end))),
  );
  if (!nodes.length) return [...head, el("p", { class: "said" }, words.noPath), ends];
  const length = counted(nodes.length - 1, words.oneStep, words.manySteps);
  const others = ways > 1 ? ` ${fill(words.otherPaths, { n: ways })}` : "";
  return [
    ...head,
    el("p", { class: "said" }, `${length}.${others} ${words.pathOver}`),
    el("ol", { class: "path neighbours" }, ...nodes.map(step)),
  ];
}
