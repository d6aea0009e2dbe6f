// The links that hold in one year. The first place of the slider is no year: all of them.
const PLAY_MS = 1100;
const years = plan.years.length ? [Math.min(...plan.years), Math.max(...plan.years)] : null;
let playing = 0;

function stopPlaying() {
  clearInterval(playing);
  playing = 0;
  at("time-play").setAttribute("aria-pressed", "false");
}

// When the documents were made: the year that ends what the page says of each of them.
function documentYears() {
  const found = content.sources.map(([, , detail]) => (detail.match(/\b(?:19|20)\d\d\b/g) || []).at(-1));
  const told = found.filter(Boolean).map(Number);
  if (!told.length) return "";
  const ends = [...new Set([Math.min(...told), Math.max(...told)])].join("–");
  return fill(told.length < found.length ? words.documentsSome : words.documentsOf, { years: ends });
}

// How many links bear a date (and hold in the year), and how many bear none.
function linksInTime() {
  const all = drawn.edges.map(({ id }) => id).filter(allowedEdge);
  const bare = all.filter(undated).length;
  const dated = all.filter((id) => !undated(id) && holds(id)).length;
  return { dated: counted(dated, words.oneDated, words.manyDated), undated: bare };
}

// What the year leaves on the map, said on the map, over the tables and on pictures.
function yearSaid() {
  if (state.year === null) return "";
  const text = state.datedOnly ? words.timeHidden : words.timeSaid;
  const links = fill(text, { year: state.year, of: documentYears(), ...linksInTime() });
  const left = (index) => allowedNode(index) && !inTime(index) && !state.asked.has(index);
  const gone = order.filter(left).length;
  return gone ? `${links} ${fill(words.timeGone, { n: gone })}` : links;
}

function tellTime() {
  if (!years) return;
  const { year } = state;
  const now = year === null ? words.allYears : String(year);
  at("time-year").value = String(year ?? years[0] - 1);
  at("time-year").setAttribute("aria-valuetext", now);
  at("time-now").textContent = now;
  at("time-said").textContent = year === null ? fill(words.timeAll, linksInTime()) : yearSaid();
  at("time-undated").hidden = year === null || !plan.edges.some((_, index) => undated(index));
  at("time-dated").checked = state.datedOnly;
}

function setYear(year, announce = true) {
  state.year = year;
  if (year === null) stopPlaying();
  else openTime(true);
  buildLegends();
  filtered(announce);
}

// Opening the panel changes nothing; closed, it would hide why links are missing.
function openTime(open) {
  at("time-bar").hidden = !open;
  at("time").setAttribute("aria-expanded", String(open));
}

function closeTime() {
  openTime(false);
  state.datedOnly = false;
  if (state.year !== null) setYear(null);
}

function play() {
  if (playing) return stopPlaying();
  if (state.year === null || state.year >= years[1]) setYear(years[0]);
  at("time-play").setAttribute("aria-pressed", "true");
  playing = setInterval(() => {
    if (state.year === null || state.year >= years[1]) stopPlaying();
    else setYear(state.year + 1);
  }, PLAY_MS);
  return playing;
}

function buildTime() {
  at("time").hidden = !years;
  if (!years) return;
  at("time-year").min = String(years[0] - 1);
  at("time-year").max = String(years[1]);
  tellTime();
}

// A line of the legend: how a link without a date looks beside the others.
function timeMeanings() {
  if (state.year === null || state.datedOnly) return [];
  const path = { d: "M0 10h28", stroke: EDGE_NEUTRAL, "stroke-width": 1.3, "stroke-opacity": 0.6 };
  const box = { viewBox: "0 0 28 20", class: "sample wide", "aria-hidden": "true" };
  const sign = svg("svg", box, svg("path", path));
  return meaning(words.time, el("p", { class: "key" }, sign, words.withoutDate));
}

at("time").addEventListener("click", () => (at("time-bar").hidden ? openTime(true) : closeTime()));
at("time-play").addEventListener("click", play);
at("time-year").addEventListener("input", (event) => {
  stopPlaying();
  const year = Number(event.target.value);
  setYear(year < years[0] ? null : year);
});
at("time-dated").addEventListener("change", (event) => {
  state.datedOnly = event.target.checked;
  setYear(state.year);
});
