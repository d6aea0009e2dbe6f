// Areas: the members of a group within one padded outline, as convex as a rubber band.
const MOST_AREAS = 12;
const PADDING = 16;
const ROUND = 14;

// Andrew's monotone chain.
function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (list) => {
    const kept = [];
    for (const point of list) {
      while (kept.length > 1 && turn(kept.at(-2), kept.at(-1), point) <= 0) kept.pop();
      kept.push(point);
    }
    kept.pop();
    return kept;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function around({ x, y }, radius) {
  return Array.from({ length: ROUND }, (_, i) => {
    const angle = (2 * Math.PI * i) / ROUND;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

// A frame beside the map is no place on it: an area that reached there would cover the sea.
function aside(index) {
  const { place } = plan.nodes[index];
  if (state.layout !== "geo" || !place) return false;
  return insets.some((inset) => within(inset, { x: place[0], y: place[1] }));
}

// The largest groups of the grouping chosen, with their members now shown.
function areas() {
  const chosen = grouping(state.areas);
  if (!chosen) return [];
  const members = new Map(chosen.groups.map(({ id }) => [id, []]));
  for (const index of order.filter((i) => shownNode(i) && !aside(i))) {
    for (const id of groupsOf[index].get(chosen.id) || []) {
      const hidden = state.color === chosen.id && state.hidden.group.has(groupKey(chosen.id, id));
      if (members.has(id) && !hidden) members.get(id).push(index);
    }
  }
  return chosen.groups
    .map((group) => ({ ...group, members: members.get(group.id) }))
    .filter((group) => group.members.length > 1)
    .sort((a, b) => b.members.length - a.members.length)
    .slice(0, MOST_AREAS);
}

function areasDrawn(scale) {
  if (moving) return [];
  const places = network.getPositions();
  return areas().map((group) => {
    const rings = group.members.map((i) => around(places[i], sizeOf(i) + PADDING / scale));
    return { label: group.label, color: group.color, ring: hull(rings.flat()) };
  });
}

// The name stands on the outline, where it is nearest to the top: boxes in pixels of the screen.
function areaNames(context, scale, drawnAreas, taken) {
  const names = [];
  context.font = AREA_FONT;
  for (const { label, color, ring } of drawnAreas) {
    const lines = wrap(label, 2, 30);
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    const height = lines.length * 13 * 1.18;
    let best = null;
    for (const [x, y] of [...ring].sort((a, b) => a[1] - b[1])) {
      const box = { left: x * scale - width / 2, top: y * scale - height / 2, width, height };
      const cost = [...names, ...taken].reduce((sum, other) => sum + overlap(box, other), 0);
      if (!best || cost < best.cost) best = { ...box, cost };
      if (!cost) break;
    }
    names.push({ ...best, lines, align: "center", size: 13, weight: 600, color: mixed(color, INK, 0.45) });
  }
  return names;
}
