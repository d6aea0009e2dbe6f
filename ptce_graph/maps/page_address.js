// The address after the #: what is chosen, so that a link shows it again. It is written by
// anyone: each value is compared with what the map holds, and dropped where it is unknown.
const HIDDEN = { hideNodes: "node", hideLinks: "edge" };

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function written() {
  const found = new URLSearchParams();
  const add = (key, value, usual = "") => value !== usual && found.append(key, value);
  const id = (index) => plan.nodes[index].id;
  if (state.path) {
    add("n", id(state.path.from));
    add("to", id(state.path.to));
    add("way", String(state.path.chosen + 1), "1");
  } else if (state.node >= 0) {
    add("n", id(state.node));
    add("near", state.near ? "only" : "", "");
  } else if (state.edge >= 0) add("e", plan.edges[state.edge].id);
  add("layout", state.layout, usual.layout);
  for (const key of ["size", "color", "areas"]) add(key, state[key], usual[key]);
  if (state.year !== null) {
    add("year", String(state.year));
    add("undated", state.datedOnly ? "hide" : "", "");
  }
  add("lang", state.language, data.language);
  for (const [key, kind] of Object.entries(HIDDEN)) {
    for (const value of state.hidden[kind]) add(key, value, null);
  }
  for (const value of state.hidden.group) add("hideGroups", JSON.parse(value)[1], null);
  return found.toString();
}

function remember() {
  const hash = written();
  if (location.hash.slice(1) === hash) return;
  at("share").hidden = true;
  try {
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    // Some frames have no address of their own: the map works without a permalink.
  }
}

// The map's own first state, then what the address asks for.
const usual = { layout: "network", size: "", color: "", areas: "" };

// The model's name for the layout on a map, as people write it shorter.
const ALIASES = { geographic: "geo" };

function known(key, value) {
  if (key === "layout") return LAYOUTS.some(({ id }) => id === value);
  const lists = { size: plan.scales, color: [...plan.groupings, ...plan.scales], areas: plan.groupings };
  return value === "" || lists[key].some(({ id }) => id === value);
}

function readUsual() {
  for (const [key, value] of plan.start) {
    const meant = Object.hasOwn(ALIASES, value) ? ALIASES[value] : value;
    if (Object.hasOwn(usual, key) && known(key, meant)) usual[key] = meant;
  }
}

function readYear(text) {
  const year = /^\d{4}$/.test(text || "") ? Number(text) : null;
  return years && year >= years[0] && year <= years[1] ? year : null;
}

function readHidden(asked) {
  for (const [key, kind] of Object.entries(HIDDEN)) {
    const ids = asked.getAll(key).filter((id) => categories[kind].has(id));
    state.hidden[kind] = new Set(ids);
  }
  const chosen = grouping(state.color);
  const groups = chosen ? [...chosen.groups.map(({ id }) => id), NO_GROUP] : [];
  const wanted = asked.getAll("hideGroups").filter((id) => groups.includes(id));
  state.hidden.group = new Set(wanted.map((id) => groupKey(chosen.id, id)));
}

function readChosen(asked, whole) {
  const node = (text) => (text === null ? -1 : (indexOf.get(text) ?? -1));
  const [one, other] = [node(asked.get("n")), node(asked.get("to"))];
  if (indexOf.has(whole)) return { node: indexOf.get(whole) };
  const way = /^\d{1,2}$/.test(asked.get("way") || "") ? Number(asked.get("way")) - 1 : 0;
  if (one >= 0 && other >= 0 && one !== other) return { from: one, to: other, way };
  if (one >= 0) return { node: one };
  const edge = edgeIndexOf.get(asked.get("e")) ?? -1;
  return edge >= 0 ? { edge } : {};
}

// Written in the address, or by whoever made the link; before links had keys, a bare name.
function fromAddress() {
  const hash = location.hash.slice(1);
  if (hash === written()) return;
  const whole = decoded(hash);
  const asked = new URLSearchParams(indexOf.has(whole) ? "" : hash);
  const language = asked.get("lang") || data.language;
  if (languages.includes(language) && language !== state.language) switchLanguage(language);
  for (const key of ["size", "color", "areas"]) {
    const value = asked.get(key);
    setChoice(key, value !== null && known(key, value) ? value : usual[key]);
  }
  readHidden(asked);
  const wanted = asked.get("layout");
  const layout = Object.hasOwn(ALIASES, wanted) ? ALIASES[wanted] : wanted;
  chooseLayout(layout !== null && known("layout", layout) ? layout : usual.layout, false);
  state.year = readYear(asked.get("year"));
  state.datedOnly = state.year !== null && asked.get("undated") === "hide";
  const chosen = readChosen(asked, whole);
  buildLegends();
  if (years) setYear(state.year, false);
  filtered(false);
  if ("from" in chosen) select({ path: pathBetween(chosen.from, chosen.to, chosen.way) }, "address");
  else {
    state.near = asked.get("near") === "only";
    select(chosen, "address");
  }
}

function wholeAddress() {
  const hash = written();
  return location.href.split("#")[0] + (hash ? `#${hash}` : "");
}

// Where the page may not write to the clipboard, the address is there to be copied by hand.
async function copyLink() {
  const field = at("share-address");
  field.value = wholeAddress();
  const copied = await Promise.resolve()
    .then(() => navigator.clipboard.writeText(field.value))
    .then(() => true, () => false);
  const told = [copied ? words.linkCopied : words.linkByHand];
  if (location.protocol === "file:") told.push(words.linkOfFile);
  at("share").hidden = false;
  at("share-said").textContent = told.join(" ");
  say(told.join(" "));
  // On a phone a card may lie over the lower half.
  at("share").scrollIntoView({ block: narrow.matches ? "start" : "nearest" });
  if (!copied) {
    field.focus();
    field.select();
  }
}

at("copy-link").addEventListener("click", copyLink);
