// Three ways to place the same nodes: by their links, by where they are, networks alone.
const LAYOUTS = [
  { id: "network", word: "layoutNetwork", there: true },
  {
    id: "geo",
    word: "layoutGeo",
    there: Boolean(plan.geography) && plan.nodes.some((node) => node.place),
  },
  { id: "overview", word: "layoutOverview", there: plan.nodes.some((node) => node.overview) },
].filter(({ there }) => there);
const MOVING_MS = 600;
const MOST_ANIMATED = 800;

let moving = false;

function placeIn(layout, index) {
  const node = plan.nodes[index];
  const place = { geo: node.place, overview: node.overview }[layout];
  return place ? { x: place[0], y: place[1] } : { x: drawn.nodes[index].x, y: drawn.nodes[index].y };
}

function putAll(layout) {
  nodeSet.update(drawn.nodes.map(({ id }) => ({ id, ...placeIn(layout, id) })));
}

// From where they stand to where they go; who hides goes at once, who appears is there.
function travel(layout) {
  // By their ids: without them the library leaves out the hidden ones.
  const from = network.getPositions(drawn.nodes.map(({ id }) => id));
  const to = drawn.nodes.map(({ id }) => placeIn(layout, id));
  const began = performance.now();
  moving = true;
  const step = (now) => {
    if (state.layout !== layout) return;
    const part = Math.min(Math.max((now - began) / MOVING_MS, 0), 1);
    const eased = part < 0.5 ? 2 * part * part : 1 - (2 - 2 * part) ** 2 / 2;
    if (part === 1) {
      moving = false;
      putAll(layout);
      forgetLabels();
      viewAll(true);
      return;
    }
    for (const { id } of drawn.nodes) {
      network.body.nodes[id].x = from[id].x + (to[id].x - from[id].x) * eased;
      network.body.nodes[id].y = from[id].y + (to[id].y - from[id].y) * eased;
    }
    viewAll(false);
    network.redraw();
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function chooseLayout(id, animated = true) {
  if (id === state.layout || !LAYOUTS.some((layout) => layout.id === id)) return;
  state.layout = id;
  moving = false;
  wrapLabels();
  markLayout();
  if (state.node >= 0 && !shownNode(state.node)) select({});
  buildLegends();
  refresh();
  if (animated && !calm.matches && drawn.nodes.length <= MOST_ANIMATED) travel(id);
  else {
    putAll(id);
    viewAll(false);
  }
}

function markLayout() {
  for (const input of at("layouts").querySelectorAll("input")) {
    input.checked = input.value === state.layout;
  }
}

function buildLayouts() {
  at("layouts").hidden = LAYOUTS.length < 2;
  at("layouts").querySelector("div").replaceChildren(
    ...LAYOUTS.map(({ id, word }) => {
      const choose = () => {
        chooseLayout(id);
        filtered();
        say(words[word]);
      };
      const input = el("input", { type: "radio", name: "layout", value: id, onchange: choose });
      return el("label", {}, input, el("span", {}, words[word]));
    }),
  );
  markLayout();
}
