// The tables say what the map shows, to those who cannot see it and to a spreadsheet.
const byText = (value) => (a, b) => collator.compare(value(a), value(b));
const attributeOf = (index, name) =>
  (content.nodes[index].attributes.find(([found]) => found === name) || ["", ""])[1];

function textColumn(key, title, value, cell) {
  return { key, title, value, cell, compare: byText(value) };
}

// The undefined last, the greatest first.
function numberColumn(key, title, number, value) {
  const compare = (a, b) => (number(b) ?? -Infinity) - (number(a) ?? -Infinity);
  return { key, title, value, compare, number: true, falling: true };
}

function nodeCell(index) {
  const choose = () => {
    at("canvas").scrollIntoView({ block: "center" });
    pick(index, "table");
  };
  return button({ onclick: choose }, content.nodes[index].label);
}

function factCell(facts) {
  if (!facts.length) return "";
  const lines = facts.map((fact) => el("li", {}, fact.text, passages(fact.passages)));
  return el("ul", { class: "facts" }, ...lines);
}

function told1(facts) {
  return facts
    .map(({ text, passages: where }) => {
      const cited = where.map(([source, section, lines, note]) =>
        [content.titles.get(source) || source, section, linesTold(lines), note].filter(Boolean).join(", "),
      );
      return cited.length ? `${text} [${cited.join(" ; ")}]` : text;
    })
    .join("\n");
}

function nodeColumns() {
  const attributes = [words.kindColumn, words.statutColumn, words.placeColumn, words.regionColumn].filter((name) =>
    order.some((index) => attributeOf(index, name)),
  );
  const place = (name) => [words.statutColumn, words.placeColumn, words.regionColumn].includes(name);
  const attribute = (name) => (i) => attributeOf(i, name);
  const unsaid = (name) => (i) => attributeOf(i, name) || (place(name) && TELLABLE.has(plan.nodes[i].category) ? muted(words.unsaid) : "");
  const measures = [...new Set([state.size, state.color])].map(scale).filter(Boolean);
  const groups = [...new Set([state.color, state.areas])].map(grouping).filter(Boolean);
  const names = ({ id, groups: all }, index) =>
    all
      .filter((group) => (groupsOf[index].get(id) || []).includes(group.id))
      .map(({ label }) => label)
      .join(", ");
  return [
    { ...textColumn("name", words.name, (i) => content.nodes[i].label, nodeCell), head: true },
    textColumn("category", words.category, kindOf),
    ...attributes.map((name) => textColumn(`attribute ${name}`, name, attribute(name), unsaid(name))),
    ...groups.map((g) => textColumn(`group ${g.id}`, g.label, (i) => names(g, i))),
    numberColumn("links", words.sizeDefault, (i) => plan.nodes[i].links, (i) => String(plan.nodes[i].links)),
    ...measures.map((m) => {
      const number = (index) => valuesOf[index].get(m.id);
      return numberColumn(`scale ${m.id}`, m.label, number, (index) => told(number(index), m));
    }),
    {
      key: "facts",
      title: words.facts,
      value: (i) => told1(content.nodes[i].facts),
      cell: (i) => factCell(content.nodes[i].facts),
    },
    { key: "iri", title: words.iri, value: (i) => content.nodes[i].iri, sheetOnly: true },
  ];
}

function linkColumns() {
  const end = (side) => (index) => content.nodes[drawn.edges[index][side]].label;
  const cell = (side) => (index) => nodeCell(drawn.edges[index][side]);
  const period = (index) => {
    const { start, end: last } = plan.edges[index];
    if (start === undefined && last === undefined) return "";
    return start === last ? String(start) : `${start ?? ""}–${last ?? ""}`;
  };
  const dated = plan.edges.some(({ start, end: last }) => start !== undefined || last !== undefined);
  return [
    { ...textColumn("from", words.from, end("from"), cell("from")), head: true },
    textColumn("to", words.to, end("to"), cell("to")),
    textColumn("kind", words.linkKind, edgeKind),
    textColumn("role", words.role, (i) => content.edges[i].label),
    ...(dated ? [textColumn("years", words.years, period, (i) => period(i) || muted(words.undated))] : []),
    {
      key: "facts",
      title: words.facts,
      value: (i) => told1(content.edges[i].facts),
      cell: (i) => factCell(content.edges[i].facts),
    },
  ];
}

const tables = {
  nodes: {
    details: at("table"),
    columns: nodeColumns,
    all: () => order.filter(shownNode),
    total: () => order.length,
    caption: () => words.tableCaption,
  },
  links: {
    details: at("link-table"),
    columns: linkColumns,
    all: () => drawn.edges.map(({ id }) => id).filter(shownEdge),
    total: () => drawn.edges.filter(({ id }) => edgeInLayout(id)).length,
    caption: () => words.linkCaption,
  },
};
for (const table of Object.values(tables)) {
  Object.assign(table, { sorted: "", reversed: false, wanted: "", chosen: new Map() });
  table.area = table.details.querySelector(".scroll");
  table.field = table.details.querySelector("input");
}

// Lists of kinds, statuts and regions: free text would also find names that hold the word.
const CHOICES = ["kind", "statut", "region"];
// What a document could have told a statut or a place of.
const TELLABLE = new Set(["organisation", "local-authority", "pole", "network"]);

function inGroup(index, id, group) {
  const own = groupsOf[index].get(id) || [NO_GROUP];
  return own.includes(group) && (group !== NO_GROUP || TELLABLE.has(plan.nodes[index].category));
}

function choiceList({ id, label, groups }) {
  const { chosen } = tables.nodes;
  const all = [["", words.anyValue], ...groups.map((g) => [g.id, g.label]), [NO_GROUP, words.unsaid]];
  const options = all
    .filter(([value]) => !value || order.some((index) => inGroup(index, id, value)))
    .map(([value, text]) => el("option", { value, selected: value === (chosen.get(id) || "") }, text));
  const change = (event) => {
    if (event.target.value) chosen.set(id, event.target.value);
    else chosen.delete(id);
    fillTable(tables.nodes);
    say(at("table").querySelector("caption").textContent);
  };
  const list = el("select", { id: `choice-${id}`, onchange: change }, ...options);
  return el("p", {}, el("label", { for: `choice-${id}` }, label), list);
}

function buildTableChoices() {
  const groupings = CHOICES.map(grouping).filter(Boolean);
  at("table-choices").replaceChildren(...groupings.map(choiceList));
}

// What filters and the field leave, in the order chosen.
function tableRows(table, columns) {
  const wanted = fold(table.wanted.trim());
  const found = table
    .all()
    .filter((index) => [...table.chosen].every(([id, group]) => inGroup(index, id, group)))
    .filter((index) => !wanted || columns.some((c) => fold(c.value(index)).includes(wanted)));
  const column = columns.find(({ key }) => key === table.sorted) || columns[0];
  const [first, second] = columns;
  found.sort(
    (a, b) => column.compare(a, b) || first.compare(a, b) || second.compare(a, b) || a - b,
  );
  return table.reversed ? found.reverse() : found;
}

function heading(table, column) {
  if (!column.compare) return el("th", { scope: "col" }, column.title);
  const sorted = column.key === (table.sorted || table.first);
  const falling = Boolean(column.falling) !== table.reversed;
  const sort = () => {
    table.reversed = sorted ? !table.reversed : false;
    table.sorted = column.key;
    fillTable(table);
    table.area.querySelector("[aria-sort] button").focus();
  };
  const direction = falling ? "descending" : "ascending";
  return el(
    "th",
    { scope: "col", "aria-sort": sorted && direction, class: column.number ? "number" : "" },
    button({ onclick: sort }, column.title),
  );
}

function tableRow(columns, index) {
  return el(
    "tr",
    {},
    ...columns.map(({ head, cell, value, number, title }) => {
      const inside = cell ? cell(index) : value(index);
      if (head) return el("th", { scope: "row" }, inside);
      return el("td", { class: number ? "number" : "", "data-title": title }, inside);
    }),
  );
}

// Built when first opened: most visits never need it, and a large map opens sooner.
function fillTable(table) {
  if (!table.details.open) return;
  const columns = table.columns().filter(({ sheetOnly }) => !sheetOnly);
  table.first = columns[0].key;
  const rows = tableRows(table, columns);
  const told2 = fill(table.caption(), { n: rows.length, total: table.total() });
  const caption = state.year === null ? told2 : `${told2}. ${yearSaid()}`;
  table.area.replaceChildren(
    el(
      "table",
      {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...columns.map((column) => heading(table, column)))),
      el("tbody", {}, ...rows.map((index) => tableRow(columns, index))),
    ),
  );
}

function fillTables() {
  Object.values(tables).forEach(fillTable);
}

for (const table of Object.values(tables)) {
  table.details.addEventListener("toggle", () => {
    fillTable(table);
    if (table.details.open) table.details.scrollIntoView({ block: "start" });
  });
  table.field.addEventListener("input", () => {
    table.wanted = table.field.value;
    fillTable(table);
    say(table.area.querySelector("caption").textContent);
  });
  // A click on a name may have drawn a card: Escape in the field only empties it.
  table.field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation();
  });
}
