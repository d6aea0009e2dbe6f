// The table says what the map shows, to those who cannot see it and to a spreadsheet.
const tableArea = at("table").querySelector(".scroll");
const collator = new Intl.Collator(content.language, { sensitivity: "base", numeric: true });
const COLUMNS = [
  { key: "name", compare: (a, b) => collator.compare(content.nodes[a].label, content.nodes[b].label) },
  { key: "category", compare: (a, b) => collator.compare(kindOf(a), kindOf(b)) },
  { key: "links", compare: (a, b) => content.nodes[b].links - content.nodes[a].links },
  { key: "facts", compare: null },
];
let sortedBy = COLUMNS[0];

function kindOf(index) {
  const { category } = content.nodes[index];
  return categories.node.has(category) ? categories.node.get(category).label : category;
}

function tableRow(index) {
  const node = content.nodes[index];
  const choose = () => {
    at("canvas").scrollIntoView({ block: "center" });
    select({ node: index }, "table");
  };
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("button", { type: "button", onclick: choose }, node.label)),
    el("td", {}, kindOf(index)),
    el("td", { class: "number" }, String(node.links)),
    el(
      "td",
      {},
      node.facts.length
        ? el(
            "ul",
            { class: "facts" },
            ...node.facts.map((fact) => el("li", {}, fact.text, passages(fact.passages))),
          )
        : "",
    ),
  );
}

function heading(column) {
  if (!column.compare) return el("th", { scope: "col" }, words[column.key]);
  const sort = () => {
    sortedBy = column;
    fillTable();
    tableArea.querySelector("[aria-sort] button").focus();
  };
  const sorted = column === sortedBy;
  const direction = column.key === "links" ? "descending" : "ascending";
  return el(
    "th",
    { scope: "col", "aria-sort": sorted && direction },
    el("button", { type: "button", onclick: sort }, words[column.key]),
  );
}

function tableOrder() {
  return drawn.nodes
    .map(({ id }) => id)
    .filter(shownNode)
    .sort((a, b) => sortedBy.compare(a, b) || COLUMNS[0].compare(a, b) || a - b);
}

// Built when first opened: most visits never need it, and a large map opens sooner.
function fillTable() {
  if (!at("table").open) return;
  const rows = tableOrder();
  const caption = fill(words.tableCaption, { n: rows.length, total: content.nodes.length });
  tableArea.replaceChildren(
    el(
      "table",
      {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...COLUMNS.map(heading))),
      el("tbody", {}, ...rows.map(tableRow)),
    ),
  );
}
at("table").addEventListener("toggle", () => {
  fillTable();
  if (at("table").open) at("table").scrollIntoView({ block: "start" });
});

function cell(value) {
  // A spreadsheet would run a text that starts like a formula.
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function said(node) {
  return node.facts
    .map(({ text, passages: where }) => {
      const cited = where.map((parts) => parts.filter(Boolean).join(", ")).join(" ; ");
      return cited ? `${text} [${cited}]` : text;
    })
    .join("\n");
}

function save(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function fileName(extension) {
  const name = fold(content.title).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return `${name.slice(0, 60) || "map"}.${extension}`;
}

at("save-table").addEventListener("click", () => {
  // Excel in French reads semicolons, and UTF-8 only after a byte order mark.
  const separator = content.language === "fr" ? ";" : ",";
  const head = [...COLUMNS.map(({ key }) => words[key]), words.iri];
  const rows = tableOrder().map((index) => {
    const node = content.nodes[index];
    return [node.label, kindOf(index), node.links, said(node), node.iri];
  });
  const text = [head, ...rows].map((row) => row.map(cell).join(separator)).join("\r\n");
  save(fileName("csv"), new Blob([`\ufeff${text}\r\n`], { type: "text/csv;charset=utf-8" }));
});

at("save-image").addEventListener("click", () => {
  const shown = canvas.querySelector("canvas");
  const copy = el("canvas", { width: shown.width, height: shown.height });
  const context = copy.getContext("2d");
  context.fillStyle = PAPER;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(shown, 0, 0);
  copy.toBlob((blob) => blob && save(fileName("png"), blob));
});
