// The links that hold in one year; a link without a date is not hidden for it.
const PLAY_MS = 1100;
const years = plan.years.length ? [Math.min(...plan.years), Math.max(...plan.years)] : null;
let playing = 0;

function stopPlaying() {
  clearInterval(playing);
  playing = 0;
  at("time-play").setAttribute("aria-pressed", "false");
}

function setYear(year, announce = true) {
  state.year = year;
  at("time-bar").hidden = year === null;
  at("time").setAttribute("aria-expanded", String(year !== null));
  if (year === null) stopPlaying();
  else {
    at("time-year").value = String(year);
    at("time-year").setAttribute("aria-valuetext", String(year));
    at("time-now").textContent = String(year);
    const all = drawn.edges.filter(({ id }) => edgeInLayout(id)).map(({ id }) => id);
    const dated = all.filter((id) => plan.edges[id].start !== undefined || plan.edges[id].end !== undefined);
    const n = dated.filter(holds).length;
    const undated = all.length - dated.length;
    at("time-said").textContent = fill(words.timeSaid, { year, n, undated });
  }
  filtered(announce);
}

function play() {
  if (playing) return stopPlaying();
  if (state.year >= years[1]) setYear(years[0]);
  at("time-play").setAttribute("aria-pressed", "true");
  playing = setInterval(() => {
    if (state.year >= years[1]) stopPlaying();
    else setYear(state.year + 1);
  }, PLAY_MS);
  return playing;
}

function buildTime() {
  at("time").hidden = !years;
  if (!years) return;
  for (const [name, value] of [["min", years[0]], ["max", years[1]]]) at("time-year").setAttribute(name, value);
}

at("time").addEventListener("click", () => setYear(state.year === null ? years[1] : null));
at("time-play").addEventListener("click", play);
at("time-year").addEventListener("input", (event) => {
  stopPlaying();
  setYear(Number(event.target.value));
});
