// The index is a script of the site: pages opened from disk may fetch nothing.
const body = document.body.dataset;
const field = document.getElementById("search");
const suggestions = document.getElementById("suggestions");
const results = document.getElementById("results");
const MOST = 8;
const MOST_RESULTS = 200;
let entries = null;
let loading = null;
let offered = [];
let active = -1;

// What people forget: case, accents, ligatures, hyphens.
function fold(text) {
  return text
    .replace(/œ/gi, "oe")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[-’'‐–.,;:()/]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = body.index;
    script.onload = () => {
      const { kinds, things } = window.ptceSearch;
      entries = things.map(([name, path, kind, rest, weight]) => ({
        name, path, kind: kinds[kind], weight,
        label: fold(name),
        words: fold(name).split(" "),
        initials: fold(name).split(" ").filter((word) => word.length > 2).map((word) => word[0]).join(""),
        rest: fold(rest),
      }));
      resolve();
    };
    script.onerror = reject;
    document.head.append(script);
  });
  return loading;
}

// The whole name, its beginning, a word's, all words', another name, initials.
function nearness(entry, wanted, parts) {
  if (entry.label === wanted) return 0;
  if (` ${entry.rest} `.includes(` ${wanted} `)) return 1;
  if (entry.label.startsWith(wanted)) return 2;
  if (entry.words.some((word) => word.startsWith(wanted))) return 3;
  if (wanted.length > 1 && entry.initials.startsWith(wanted)) return 4;
  if (parts.every((part) => entry.words.some((word) => word.startsWith(part)))) return 5;
  if (entry.label.includes(wanted)) return 6;
  if (parts.every((part) => entry.label.includes(part) || entry.rest.includes(part))) return 7;
  return 9;
}

function find(text, most) {
  const wanted = fold(text);
  if (!wanted) return [];
  const parts = wanted.split(" ");
  return entries
    .map((entry) => ({ entry, near: nearness(entry, wanted, parts) }))
    .filter(({ near }) => near < 9)
    .sort((a, b) => a.near - b.near || b.entry.weight - a.entry.weight || (a.entry.label < b.entry.label ? -1 : 1))
    .slice(0, most)
    .map(({ entry }) => entry);
}

function el(tag, set, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(set)) made[name] = value;
  made.append(...children);
  return made;
}

const address = (entry) => body.root + entry.path;

async function suggest() {
  await load();
  offered = find(field.value, MOST);
  active = -1;
  suggestions.replaceChildren(
    ...offered.map((entry, row) => {
      const option = el("li", { id: `suggestion-${row}`, onclick: () => go(entry) },
        el("span", {}, entry.name), el("small", {}, entry.kind));
      option.setAttribute("role", "option");
      // The pointer must not take the focus off the field before the choice is made.
      option.onpointerdown = (event) => event.preventDefault();
      return option;
    }),
  );
  mark();
}

function mark() {
  const open = offered.length > 0;
  suggestions.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  [...suggestions.children].forEach((option, row) => option.setAttribute("aria-selected", String(row === active)));
  if (active >= 0) {
    field.setAttribute("aria-activedescendant", `suggestion-${active}`);
    suggestions.children[active].scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function close() {
  offered = [];
  active = -1;
  suggestions.replaceChildren();
  mark();
}

function go(entry) {
  location.href = address(entry);
}

field.addEventListener("focus", load, { once: true });
field.addEventListener("input", suggest);
field.addEventListener("blur", close);
field.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    if (!offered.length) suggest();
    else {
      active = active < 0 && step < 0 ? offered.length - 1 : (active + step + offered.length) % offered.length;
      mark();
    }
  } else if (event.key === "Escape" && offered.length) {
    event.preventDefault();
    close();
  }
});
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (active >= 0) go(offered[active]);
  else if (field.value.trim()) location.href = `${body.search}?q=${encodeURIComponent(field.value.trim())}`;
});

async function answer() {
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  field.value = asked;
  if (!asked) return;
  await load();
  const found = find(asked, MOST_RESULTS);
  const { none, one, many } = results.dataset;
  const told = found.length ? (found.length === 1 ? one : many).replace("{n}", found.length) : none;
  results.querySelector("[role=status]").textContent = told;
  results.querySelector("ul").replaceChildren(
    ...found.map((entry) => el("li", {}, el("a", { href: address(entry) }, entry.name), " ",
      el("span", { className: "detail" }, entry.kind))),
  );
}
if (results) answer();
document.querySelectorAll(".noscript").forEach((note) => { note.hidden = true; });

// Filters of a list: what does not fit is hidden, letters without a name too.
const filters = document.querySelector(".filters");
if (filters) {
  const choices = [...filters.querySelectorAll("select")];
  const shown = filters.querySelector(".shown");
  const lines = [...document.querySelectorAll(".entries li")];
  const fits = (line) => choices.every(({ value, dataset: { filter } }) =>
    !value || (line.dataset[filter] ?? "").split(" ").includes(value));
  const show = () => {
    const kept = lines.filter(fits);
    lines.forEach((line) => { line.hidden = !kept.includes(line); });
    document.querySelectorAll(".group").forEach((group) => {
      group.hidden = !group.querySelector("li:not([hidden])");
    });
    shown.textContent = choices.some(({ value }) => value) ? shown.dataset.template.replace("{n}", kept.length) : "";
  };
  filters.hidden = false;
  filters.addEventListener("change", show);
  show();
}

for (const button of document.querySelectorAll(".copy")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  });
}
