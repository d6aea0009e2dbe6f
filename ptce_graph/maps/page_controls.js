// Buttons, languages, and what ties the parts together.
function allShown() {
  return Object.values(state.hidden).every((hidden) => !hidden.size);
}

// After each change of what is shown: the tables, the card, the map, the address.
function filtered(announce = true) {
  at("show-all").hidden = allShown();
  tellTime();
  fillTables();
  at("meanings").replaceChildren(...meanings());
  if (!announce) return;
  const total = order.filter(inLayout).length;
  const shown = order.filter(shownNode).length;
  if (state.path) select({ path: pathAgain() }, "filter");
  else if (state.node >= 0 && shownNode(state.node)) select({ node: state.node }, "filter");
  else if (state.edge >= 0 && shownEdge(state.edge)) select({ edge: state.edge }, "filter");
  else if (!card.hidden) select({});
  else {
    refresh();
    remember();
  }
  say(fill(words.shown, { n: shown, total }));
}

at("show-all").addEventListener("click", () => {
  for (const hidden of Object.values(state.hidden)) hidden.clear();
  buildLegends();
  filtered();
  at("legend").querySelector("input").focus();
});

function switchLanguage(language) {
  speak(language);
  writePage();
  buildWords();
  tellTime();
  fillTables();
  fillCard();
  markAim();
  refresh();
  remember();
}

// All that holds words and is not in the template.
function buildWords() {
  wrapLabels();
  readNames();
  buildLayouts();
  buildChoices();
  buildTableChoices();
  buildLegends();
  const next = languages[(languages.indexOf(state.language) + 1) % languages.length];
  const switcher = at("language");
  switcher.hidden = languages.length < 2;
  switcher.lang = next;
  switcher.textContent = data.names[next] || next;
  switcher.value = next;
}

// On a phone the settings lie over the map: one at a time, and a touch of the map closes them.
const panels = [at("display"), at("legend")];
for (const panel of panels) {
  panel.addEventListener("toggle", () => {
    if (!panel.open || !narrow.matches) return;
    for (const other of panels) if (other !== panel) other.open = false;
  });
}
canvas.addEventListener("pointerdown", () => {
  if (narrow.matches) for (const panel of panels) panel.open = false;
});

at("language").addEventListener("click", () => {
  switchLanguage(at("language").value);
  say(content.title);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  search.value = "";
  if (state.aiming >= 0) {
    state.aiming = -1;
    markAim();
  } else select({}, "escape");
});
at("view-all").addEventListener("click", () => viewAll(true));
at("zoom-in").addEventListener("click", () => zoom(1.4));
at("zoom-out").addEventListener("click", () => zoom(1 / 1.4));

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  at("table").open = true;
  at("table").querySelector("summary").focus();
});

if (narrow.matches) at("legend").open = false;
if (narrow.matches || window.innerHeight < 780) at("display").open = false;
readUsual();
Object.assign(state, { size: usual.size, color: usual.color, areas: usual.areas });
buildTime();
buildWords();
chooseLayout(usual.layout, false);
refresh();
viewAll(false);
window.addEventListener("hashchange", fromAddress);
fromAddress();
