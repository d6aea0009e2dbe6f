// The words, in the language chosen; the drawing is the same in all of them.
let words = null;
let content = null;
let people = null;
let collator = null;
let numbers = null;
let categories = null;

const said = (number) => data.strings[number];
const passageAt = data.passages.map((parts) => parts.map(said));
const factAt = data.facts.map(([text, other, ...where]) => ({
  text: said(text),
  other,
  passages: where.map((number) => passageAt[number]),
}));
const spoken = new Map();

function triples(list) {
  const found = [];
  for (let i = 0; i < list.length; i += 3) found.push(list.slice(i, i + 3).map(said));
  return found;
}

function labelled(things, labels) {
  return things.map((thing, index) => ({ ...thing, label: said(labels[index]) }));
}

function unpack(language) {
  const texts = data.texts[language];
  return {
    language,
    words: texts.words,
    title: said(texts.title),
    subtitle: said(texts.subtitle),
    credit: said(texts.credit),
    notes: texts.notes.map(said),
    sources: texts.sources.map((parts) => parts.map(said)),
    titles: new Map(texts.sources.map(([id, title]) => [said(id), said(title)])),
    nodeCategories: labelled(plan.nodeCategories, texts.nodeCategories),
    edgeCategories: labelled(plan.edgeCategories, texts.edgeCategories),
    criteria: plan.criteria.map((list, index) => ({ list, label: said(texts.criteria[index]) })),
    scales: plan.scales.map((scale, index) => {
      const [label, definition] = texts.scales[index].map(said);
      return { ...scale, label, definition };
    }),
    groupings: plan.groupings.map((grouping, index) => {
      const [label, labels] = texts.groupings[index];
      return { id: grouping.id, label: said(label), groups: labelled(grouping.groups, labels) };
    }),
    trays: texts.trays.map(said),
    overviewTrays: texts.overviewTrays.map(said),
    insets: texts.insets.map(said),
    nodes: plan.nodes.map((node, index) => {
      const [label, short, attributes, facts] = texts.nodes[index];
      return {
        ...node,
        label: said(label),
        short: said(short),
        attributes: triples(attributes),
        facts: facts.map((number) => factAt[number]),
        website: node.website || "",
        iri: node.iri || "",
      };
    }),
    edges: plan.edges.map((edge, index) => {
      const [label, facts] = texts.edges[index];
      return { ...edge, label: said(label), facts: facts.map((number) => factAt[number]) };
    }),
  };
}

function speak(language) {
  if (!spoken.has(language)) spoken.set(language, unpack(language));
  state.language = language;
  content = spoken.get(language);
  words = content.words;
  people = new Intl.PluralRules(language);
  collator = new Intl.Collator(language, { sensitivity: "base", numeric: true });
  numbers = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  categories = {
    node: new Map(content.nodeCategories.map((c) => [c.id, c])),
    edge: new Map(content.edgeCategories.map((c) => [c.id, c])),
  };
}

// What the template wrote, again: each element names the words it holds.
function writePage() {
  document.documentElement.lang = content.language;
  document.title = content.title;
  document.querySelector("h1").textContent = content.title;
  at("subtitle").textContent = content.subtitle;
  for (const [attribute, target] of [
    ["data-aria", "aria-label"],
    ["data-hint", "placeholder"],
    ["data-tip", "title"],
  ]) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      element.setAttribute(target, words[element.getAttribute(attribute)]);
    }
  }
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = words[element.getAttribute("data-word")];
  }
  at("notes").replaceChildren(...content.notes.map((note) => el("p", {}, note)));
  at("sources").replaceChildren(
    ...content.sources.map(([, title, detail]) =>
      el("li", {}, title, detail ? el("span", {}, detail) : ""),
    ),
  );
}

function counted(n, one, many) {
  return fill(people.select(n) === "one" ? one : many, { n });
}

function linksOf(index) {
  const n = content.nodes[index].links;
  return n ? counted(n, words.oneLinked, words.manyLinked) : words.noLink;
}

function kindOf(index) {
  const { category } = content.nodes[index];
  return categories.node.has(category) ? categories.node.get(category).label : category;
}

function edgeKind(index) {
  const { category } = content.edges[index];
  if (categories.edge.has(category)) return categories.edge.get(category).label;
  return index < plan.ownEdges ? category : words.commonMembers;
}

// A measure as a table tells it: counts whole, others to three figures.
function told(value, scale) {
  if (value === undefined) return "";
  return scale.whole ? String(Math.round(value)) : numbers.format(value);
}

speak(data.language);
