// Files to take away: pictures and tables, made in the page.
function cell(value) {
  // A spreadsheet would run a text that starts like a formula.
  const text = String(value);
  const safe = /^[\s\u00a0]*[=+\-@\t\r|]/.test(text) && !/^-?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function save(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function fileName(extension, part = "") {
  const name = fold(content.title).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const year = state.year === null ? "" : `-${state.year}`;
  return `${name.slice(0, 60) || "map"}${year}${part}.${extension}`;
}

function sheet(table) {
  // Excel in French reads semicolons, and UTF-8 only after a byte order mark.
  const separator = content.language === "fr" ? ";" : ",";
  const columns = table.columns();
  const rows = tableRows(table, columns.filter(({ sheetOnly }) => !sheetOnly));
  const head = columns.map(({ title }) => title);
  const lines = [head, ...rows.map((index) => columns.map(({ value }) => value(index)))];
  const text = lines.map((row) => row.map(cell).join(separator)).join("\r\n");
  return new Blob([`\ufeff${text}\r\n`], { type: "text/csv;charset=utf-8" });
}

const pictureName = (extension) => fileName(extension, onlyView() ? `-${words.viewFile}` : "");

function vector() {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(wholePicture())}\n`;
}

// The picture in dots is the one in lines, painted twice as fine as a screen shows it.
function saveImage() {
  const name = pictureName("png");
  const image = new Image();
  image.onload = () => {
    const copy = el("canvas", { width: image.width * 2, height: image.height * 2 });
    const context = copy.getContext("2d");
    context.scale(2, 2);
    context.drawImage(image, 0, 0);
    copy.toBlob((blob) => blob && save(name, blob));
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(vector())}`;
}

at("save-image").addEventListener("click", saveImage);
at("save-vector").addEventListener("click", () =>
  save(pictureName("svg"), new Blob([vector()], { type: "image/svg+xml" })),
);
at("save-table").addEventListener("click", () => save(fileName("csv"), sheet(tables.nodes)));
at("save-links").addEventListener("click", () =>
  save(fileName("csv", `-${words.linksFile}`), sheet(tables.links)),
);
