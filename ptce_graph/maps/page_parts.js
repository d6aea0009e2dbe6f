// What cards, paths and tables are made of: passages, facts, names that lead somewhere.
const card = at("card");

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

function linesTold(lines) {
  return lines && fill(/^\d+$/.test(lines) ? words.line : words.lines, { lines });
}

function passages(list) {
  if (!list.length) return null;
  return el(
    "ul",
    { class: "passages", "aria-label": words.passages },
    ...list.map(([source, section, lines, said]) => {
      const where = [section, linesTold(lines)].filter(Boolean).join(", ");
      const title = content.titles.get(source) || source;
      const doubt = said ? el("span", { class: "doubt" }, said) : "";
      return el("li", {}, el("cite", {}, title), where ? ` — ${where}` : "", doubt);
    }),
  );
}

function nodeButton(index) {
  return button(
    { class: "node", onclick: () => pick(index, "card") },
    nodeSample(index),
    content.nodes[index].label,
  );
}

// A sentence about a link leads to the other end.
function factText({ text, other }) {
  if (other === undefined || other < 0) return text;
  return button({ class: "other", onclick: () => pick(other, "card") }, text);
}

// ``note`` may add a word to a sentence.
function factList(facts, note = () => "") {
  if (!facts.length) return [];
  return [
    el("h3", {}, words.facts),
    el(
      "ul",
      { class: "facts" },
      ...facts.map((fact) => el("li", {}, factText(fact), note(fact), passages(fact.passages))),
    ),
  ];
}

function edgeButton(index, full = false) {
  return button(
    { class: "edge", onclick: () => select({ edge: index }, "card") },
    sample("edge", categories.edge.get(content.edges[index].category)),
    full ? [edgeKind(index), content.edges[index].label].filter(Boolean).join(words.colon) : content.edges[index].label || edgeKind(index),
  );
}

function cardHead(title, ...below) {
  return [
    button({ class: "close", "aria-label": words.close, onclick: () => select({}) }, "×"),
    el("h2", { id: "card-title", tabindex: "-1" }, title),
    ...below,
  ];
}

function kindLine(kind, category) {
  return category ? [el("p", { class: "kind" }, sample(kind, category), category.label)] : [];
}
