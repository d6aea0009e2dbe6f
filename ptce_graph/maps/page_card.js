// The card of what is selected, and the selection itself.
let cameFrom = "map";
let measuresOpen = false;
let criteriaOpen = false;

const small = (text) => el("small", {}, text);
const muted = (text) => el("small", { class: "undated" }, text);

// Only the chosen one and those that links shown tie to it; the rest leaves the map.
function nearOnly() {
  state.circle = null;
  if (state.near && state.node >= 0) state.circle = bright().nodes;
}

function leaveNear() {
  if (!state.near) return;
  state.near = false;
  nearOnly();
  fillTables();
  fillCard();
  refresh();
}

function nearButton(index) {
  if (!incident[index].some(shownEdge)) return "";
  const toggle = () => {
    state.near = !state.near;
    nearOnly();
    fillTables();
    fillCard();
    refresh();
    remember();
    seeAll([...bright().nodes]);
    at("near-only").focus({ preventScroll: true });
    const n = order.filter(shownNode).length;
    say(fill(words.shown, { n, total: order.filter(inLayout).length }));
  };
  const pressed = String(state.near);
  return button({ id: "near-only", "aria-pressed": pressed, onclick: toggle }, words.nearOnly);
}

// All filters and the year give way, and the card stays.
function showEverything() {
  for (const hidden of Object.values(state.hidden)) hidden.clear();
  state.asked.clear();
  state.datedOnly = false;
  if (state.year !== null) setYear(null, false);
  buildLegends();
  filtered();
  at("card-title").focus({ preventScroll: true });
}

const showAllButton = () => button({ class: "all", onclick: showEverything }, words.showAll);

// Counts in one sentence each: links and whom they lead to, planned ones included.
function linkCounts(index) {
  const own = incident[index].filter(edgeInLayout);
  const shown = own.filter(shownEdge);
  const hidden = own.filter((e) => !shownEdge(e) && inLayout(otherEnd(e, index))).length;
  const outside = own.filter((e) => !inLayout(otherEnd(e, index))).length;
  const planned = shown.filter((e) => plan.edges[e].category === "planned").length;
  const others = new Set(shown.map((e) => otherEnd(e, index))).size;
  if (!own.length) return [];
  const links = counted(shown.length, words.oneLink, words.manyLinks);
  const actors = counted(others, words.oneEnd, words.manyEnds);
  const told = [shown.length ? fill(words.linksShown, { links, actors }) : words.noLinkShown];
  if (planned) told.push(counted(planned, words.onePlanned, words.manyPlanned));
  if (hidden) told.push(counted(hidden, words.oneHidden, words.manyHidden));
  if (outside) told.push(counted(outside, words.oneOutside, words.manyOutside));
  const line = el("p", { class: "counts" }, `${told.join(", ")}.`);
  return hidden ? [line, showAllButton()] : [line];
}

function neighbours(index) {
  const byNode = new Map();
  for (const edge of incident[index].filter(shownEdge)) {
    const other = otherEnd(edge, index);
    if (!byNode.has(other)) byNode.set(other, []);
    byNode.get(other).push(edge);
  }
  const sorted = [...byNode.keys()].sort((a, b) => content.nodes[a].rank - content.nodes[b].rank);
  const list = sorted.map((other) =>
    el("li", {}, nodeButton(other), ...byNode.get(other).map((edge) => edgeButton(edge))),
  );
  if (!list.length) return [];
  return [el("h3", {}, words.neighbours), el("ul", { class: "neighbours" }, ...list)];
}

// Another page of the same folder, in the same language.
function ownMap({ page }) {
  if (!/^\w[\w.-]*\.html$/.test(page || "")) return [];
  return [" ", el("a", { href: `${page}#lang=${state.language}` }, words.ownMap)];
}

function descriptions(rows) {
  if (!rows.length) return [];
  const parts = rows.flatMap(([name, value, meaning]) => [
    el("dt", {}, name),
    el("dd", {}, value, meaning ? small(meaning) : ""),
  ]);
  return [el("dl", {}, ...parts)];
}

// A small number rounds to nothing, which it is not; a number of pairs needs no decimals.
function measureTold(index, name, value) {
  const measure = content.scales.find(({ label }) => label === name);
  const number = measure && valuesOf[index].get(measure.id);
  if (!number) return value;
  const whole = (values) => Number.isInteger(values.get(measure.id) ?? 0);
  if (ranges.get(measure.id).most > 1 && valuesOf.every(whole)) return String(number);
  return /[1-9]/.test(value) ? value : `< ${value.replace(/0$/, "1")}`;
}

function measuresFolded(index, rows) {
  if (!rows.length) return [];
  const told = rows.map(([name, value, ...rest]) => [name, measureTold(index, name, value), ...rest]);
  const folded = el(
    "details",
    { class: "measures", open: measuresOpen },
    el("summary", {}, words.measures),
    el("p", {}, words.measuresMean),
    ...descriptions(told),
  );
  folded.addEventListener("toggle", () => {
    measuresOpen = folded.open;
  });
  return [folded];
}

// Of a pole: how many criteria have which answer, then each with its answer.
function criteriaBlock({ criteria: answers }) {
  if (!answers) return [];
  const told = [
    ["+", words.met],
    ["-", words.notMet],
    ["?", words.notDocumented],
  ];
  const signs = { "+": "✓", "-": "✗", "?": "?" };
  // What an organisation judged, where others are answers of a rule.
  const judgedSigns = { p: "+", m: "-", q: "?" };
  const names = new Map(told);
  const lists = [
    ["incontournables", words.criteriaIndispensable],
    ["a-tester", words.criteriaToTest],
  ].map(([list, title]) => ({
    title,
    own: content.criteria
      .map((criterion, index) => {
        const judged = judgedSigns[answers[index]];
        return { ...criterion, answer: judged ?? answers[index], judged };
      })
      .filter((criterion) => criterion.list === list),
  }));
  const counts = lists.flatMap(({ title, own }) => {
    const count = (sign) => own.filter(({ answer }) => answer === sign).length;
    const line = told.map(([sign, name]) => `${name}${words.colon}${count(sign)}`).join(" · ");
    return [el("dt", {}, title), el("dd", {}, line)];
  });
  const each = lists.flatMap(({ title, own }) => [
    el("h4", {}, title),
    el(
      "ul",
      {},
      ...own.map(({ label, answer, judged }) =>
        el(
          "li",
          {},
          el("span", { "aria-hidden": "true" }, signs[answer]),
          el(
            "span",
            {},
            label,
            small(judged ? `${names.get(answer)} (${words.judged})` : names.get(answer)),
          ),
        ),
      ),
    ),
  ]);
  const folded = el(
    "details",
    { class: "criteria", open: criteriaOpen },
    el("summary", {}, words.criteriaEach),
    ...each,
  );
  folded.addEventListener("toggle", () => {
    criteriaOpen = folded.open;
  });
  return [
    el("h3", {}, words.criteria),
    el("dl", { class: "answers" }, ...counts),
    el("p", { class: "counts" }, words.criteriaMean),
    folded,
  ];
}

// Kind, statut and place first: what one asks of an actor that one does not know. The rest of
// what is told of an actor stands below its links; of an action or a candidacy all is short.
function toldRows(node) {
  const first = [
    words.kindColumn,
    words.statutColumn,
    words.placeColumn,
    words.regionColumn,
    words.precisionRow,
    words.otherNames,
  ];
  const rows = node.attributes.filter(([, , meaning]) => !meaning);
  if (!TELLABLE.has(node.category)) return { head: rows, rest: [] };
  const place = ([name]) => first.indexOf(name);
  const head = rows.filter((row) => place(row) >= 0).sort((a, b) => place(a) - place(b));
  return { head, rest: rows.filter((row) => place(row) < 0) };
}

// No document dates the link behind this sentence.
function undatedFact(index, { other, passages: where }) {
  if (other === undefined || other < 0) return false;
  const same = incident[index].filter(
    (edge) =>
      edge < plan.ownEdges &&
      otherEnd(edge, index) === other &&
      content.edges[edge].facts.some((fact) => fact.passages.some((p) => where.includes(p))),
  );
  const dated = where.some(([, , , said]) => /\b(1[89]|20)\d\d\b/.test(said));
  return same.length > 0 && same.every(undated) && !dated;
}

function nodeCard(index) {
  const node = content.nodes[index];
  const { head, rest } = toldRows(node);
  if (node.website) {
    const shown = node.website.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
    head.push([words.website, webLink(node.website, shown)]);
  }
  const [counts, all = ""] = linkCounts(index);
  const asked = [el("p", { class: "counts" }, words.askedFor), counts || "", showAllButton()];
  return [
    ...cardHead(node.label, ...kindLine("node", categories.node.get(node.category))),
    ...(state.asked.has(index) ? asked : [counts || "", all]),
    el("p", { class: "actions" }, pathButton(index), " ", nearButton(index), ...ownMap(node)),
    ...descriptions(head),
    ...criteriaBlock(node),
    ...factList(node.facts, (fact) => (undatedFact(index, fact) ? muted(words.undated) : "")),
    ...neighbours(index),
    ...(rest.length ? [el("h3", {}, words.more), ...descriptions(rest)] : []),
    ...measuresFolded(index, node.attributes.filter(([, , meaning]) => meaning)),
    ...(node.iri ? descriptions([[words.iri, node.iri]]) : []),
  ];
}

function edgeCard(index) {
  const edge = content.edges[index];
  const { from, to } = drawn.edges[index];
  const category = categories.edge.get(edge.category);
  const title = `${content.nodes[from].label} ${edge.directed ? "→" : "–"} ${content.nodes[to].label}`;
  const dateless = edge.facts.every(({ passages: where }) => !where.some(([, , , said]) => /\d{4}/.test(said)));
  return [
    ...cardHead(title, ...kindLine("edge", category)),
    edge.label ? el("p", { class: "said" }, edge.label) : "",
    index < plan.ownEdges && undated(index) && dateless ? el("p", {}, muted(words.undated)) : "",
    el("ul", { class: "neighbours" }, ...[from, to].map((end) => el("li", {}, nodeButton(end)))),
    ...factList(edge.facts),
  ];
}

function chosenCard() {
  if (state.path) return pathCard();
  if (state.node >= 0) return nodeCard(state.node);
  return state.edge >= 0 ? edgeCard(state.edge) : [];
}

function fillCard() {
  const chosen = state.node >= 0 || state.edge >= 0 || state.path !== null;
  card.hidden = !chosen;
  document.body.classList.toggle("chosen", chosen);
  card.replaceChildren(...chosenCard());
  return chosen;
}

// Who was shown against the filters, and the circle of neighbours, belong to the choice.
function keepOnly(kept) {
  const told = state.circle !== null || state.asked.size > 0;
  state.circle = null;
  for (const index of state.asked) if (!kept.includes(index)) state.asked.delete(index);
  return told;
}

function moveView({ node, path }, from) {
  if (path) {
    if (path.nodes.length) seeAll(path.nodes);
  } else if (node >= 0 && from !== "filter") {
    if (state.circle) seeAll([...state.circle]);
    else if (from === "map" || from === "card") uncover(node);
    else focusNode(node);
  }
}

function announce({ node, edge, path }, had) {
  if (path) say(at("card-title").textContent);
  else if (node >= 0) {
    const parts = [fill(words.selected, { name: content.nodes[node].label }), kindOf(node), linksOf(node)];
    say(parts.filter(Boolean).join(", "));
  } else if (edge >= 0) say(fill(words.selected, { name: at("card-title").textContent }));
  else if (had) say(words.cleared);
}

// The keyboard goes on in the card, and back to where the choice was made.
function moveFocus(chosen, from, wasInside) {
  if (chosen && ["card", "table", "search"].includes(from)) {
    at("card-title").focus({ preventScroll: from !== "table" });
  } else if (!chosen && wasInside) {
    const back = cameFrom === "search" && (from === "escape" || !narrow.matches);
    (back ? search : canvas).focus({ preventScroll: true });
  }
  if (chosen && ["map", "table", "search"].includes(from)) cameFrom = from;
}

// ``from`` says where the choice was made, which decides what moves: the view or the focus.
function select({ node = -1, edge = -1, path = null }, from = "map") {
  const had = !card.hidden;
  const wasInside = card.contains(document.activeElement);
  const narrowed = keepOnly(path ? [path.from, path.to] : [node]);
  if (node < 0) state.near = false;
  Object.assign(state, { node, edge, path, aiming: -1 });
  if (node >= 0) reveal(node);
  nearOnly();
  if (narrowed || state.circle) fillTables();
  const chosen = fillCard();
  card.scrollTop = 0;
  markAim();
  refresh();
  remember();
  if (chosen && narrow.matches && (from === "search" || from === "address")) {
    search.blur();
    canvas.scrollIntoView({ block: "nearest" });
  }
  moveView({ node, path }, from);
  announce({ node, edge, path }, had);
  moveFocus(chosen, from, wasInside);
}

// A node chosen anywhere: the end of a path where one is being made, else the one to look at.
function pick(index, from) {
  if (state.aiming >= 0 && state.aiming !== index) select({ path: pathBetween(state.aiming, index) }, from);
  else select({ node: index }, from);
}
