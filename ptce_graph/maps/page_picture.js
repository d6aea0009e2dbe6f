// The map as a drawing of lines and letters, for slides and for print. It is made of SVG
// elements with attributes and text nodes, so a text can be nothing but text.
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
const clean = (text) => text.replace(UNPRINTABLE, "\ufffd");
const pen = el("canvas").getContext("2d");

const round = (value) => Math.round(value * 10) / 10;

function textLines(lines, x, y, size, attributes) {
  return lines.map((text, i) =>
    svg("text", { x: round(x), y: round(y + i * size * 1.3), "font-size": size, ...attributes }, clean(text)),
  );
}

function outlinePath(ring, place) {
  return `M${ring.map((point) => pair(place(point))).join("L")}Z`;
}

// Where vis-network bends a link.
function bendOf(edge, from, to) {
  if (!edge.smooth) return null;
  const { type, roundness } = edge.smooth;
  const [dx, dy] = [to.x - from.x, from.y - to.y];
  const side = type === "curvedCW" ? roundness : -roundness;
  const angle = Math.atan2(dy, dx) + (side * 0.5 + 0.5) * Math.PI;
  const far = (roundness * 0.5 + 0.5) * Math.hypot(dx, dy);
  return { x: from.x + far * Math.sin(angle), y: from.y + far * Math.cos(angle) };
}

function arrow(tip, back, length, attributes) {
  const angle = Math.atan2(tip.y - back.y, tip.x - back.x);
  const at2 = (far, off) => [
    tip.x + far * Math.cos(angle) - off * Math.sin(angle),
    tip.y + far * Math.sin(angle) + off * Math.cos(angle),
  ];
  const points = [[0, 0], [-length, 0.3 * length], [-0.9 * length, 0], [-length, -0.3 * length]];
  return svg("path", { d: outlinePath(points, ([far, off]) => at2(far, off)), ...attributes });
}

function edgePicture(index, place, zoom, lit) {
  const edge = drawn.edges[index];
  const { color, shape } = edgeLook(index);
  const [from, to] = [place(edge.from), place(edge.to)];
  const bend = bendOf(edge, from, to);
  const opacity = linkOpacity(index, lit);
  const stroke = {
    fill: "none",
    stroke: color,
    "stroke-width": round(linkWidth(index, lit) * zoom),
    "stroke-opacity": opacity,
  };
  if (DASHES[shape]) stroke["stroke-dasharray"] = DASHES[shape].map((n) => round(n * zoom)).join(" ");
  const curve = bend ? `Q${pair([bend.x, bend.y])} ${pair([to.x, to.y])}` : `L${pair([to.x, to.y])}`;
  const parts = [svg("path", { d: `M${pair([from.x, from.y])}${curve}`, ...stroke })];
  if (edge.arrows === undefined && edge.from !== edge.to) {
    const back = bend || from;
    const gap = Math.hypot(to.x - back.x, to.y - back.y) || 1;
    const away = sizeOf(edge.to) * zoom + 1;
    const tip = {
      x: to.x + ((back.x - to.x) * away) / gap,
      y: to.y + ((back.y - to.y) * away) / gap,
    };
    parts.push(arrow(tip, back, 15.75 * zoom, { fill: color, "fill-opacity": opacity }));
  }
  return parts;
}

function nodePicture(index, place, zoom, lit) {
  const { fill: inside, border, width, size, shape } = nodeLook(index);
  const { x, y } = place(index);
  const look = {
    fill: inside,
    stroke: index === state.node ? "#111827" : border,
    "stroke-width": round((index === state.node ? 5 : width) * Math.max(zoom, 0.5)),
    opacity: !lit || lit.nodes.has(index) ? 1 : 0.25,
  };
  const name = svg("title", {}, clean(content.nodes[index].label));
  const drawnShape = shapeAt(shape, round(x), round(y), size * zoom, look);
  drawnShape.append(name);
  return drawnShape;
}

function labelPicture(box, left, top) {
  const anchor = { left: "start", center: "middle", right: "end" }[box.align];
  const x = { left: 0, center: box.width / 2, right: box.width }[box.align] + box.left + left;
  const look = {
    "font-size": round(box.size),
    "font-weight": box.weight,
    "text-anchor": anchor,
    fill: box.color || INK,
    stroke: PAPER,
    "stroke-width": 3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
    opacity: box.alpha,
  };
  return box.lines.map((text, row) => {
    const y = box.top + top + (row + 0.5) * box.size * 1.18 + box.size * 0.35;
    return svg("text", { x: round(x), y: round(y), ...look }, clean(text));
  });
}

// The view as a picture of that width and height: {x, y} in the middle, at ``scale``.
function mapPicture({ x, y, scale: zoom }, width, height) {
  const [left, top] = [width / 2 - x * zoom, height / 2 - y * zoom];
  const places = network.getPositions();
  const place = (id) => ({ x: places[id].x * zoom + left, y: places[id].y * zoom + top });
  const lit = bright();
  const under = underShapes(zoom).map(({ ring, fill: inside, stroke, alpha, width: line }) =>
    svg("path", {
      d: outlinePath(ring, ([px, py]) => [px * zoom + left, py * zoom + top]),
      fill: inside,
      "fill-opacity": alpha,
      stroke,
      "stroke-width": line,
      "stroke-opacity": alpha < 1 ? 0.55 : 1,
    }),
  );
  const edges = drawn.edges.filter(({ id }) => shownEdge(id));
  return svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT, overflow: "hidden" },
    ...under,
    ...edges.flatMap(({ id }) => edgePicture(id, place, zoom, lit)),
    ...order.filter(shownNode).reverse().map((id) => nodePicture(id, place, zoom, lit)),
    ...[...placeLabels(pen, zoom)].reverse().flatMap((box) => labelPicture(box, left, top)),
  );
}

// Whether the picture holds only what is on the screen: all of it is the same as the whole.
function onlyView() {
  return at("picture-part").value === "view" && !wholeInView;
}

function viewFor(width, height) {
  if (!onlyView()) return fitted(frame(), width, height, { ...MARGIN, bottom: 40 }, 2);
  const { x, y } = network.getViewPosition();
  const part = Math.min(width / canvas.clientWidth, height / canvas.clientHeight);
  return { x, y, scale: network.getScale() * part };
}

function signPicture(sign, x, y) {
  const picture = sign.cloneNode(true);
  const width = picture.classList.contains("wide") ? 25 : 18;
  for (const [name, value] of Object.entries({ x, y, width, height: 18 })) picture.setAttribute(name, value);
  return picture;
}

function legendPicture(x, top, width) {
  const parts = [];
  let y = top;
  const wrapped2 = (text, size, attributes = {}, indent = 0) => {
    pen.font = `${attributes["font-weight"] || 400} ${size}px ${FONT}`;
    const lines = wrapTo(pen, text, width - indent);
    parts.push(...textLines(lines, x + indent, y + size, size, { fill: INK, ...attributes }));
    y += lines.length * size * 1.3 + 5;
  };
  const soft = { fill: "#4a5766", "font-weight": 600 };
  for (const list of document.querySelectorAll("#legend fieldset:not([hidden])")) {
    wrapped2(list.querySelector("legend").textContent, 12, soft);
    for (const label of list.querySelectorAll("label")) {
      if (!label.querySelector("input").checked) continue;
      parts.push(signPicture(label.querySelector("svg"), x, y));
      const [name, count] = label.querySelectorAll("span");
      wrapped2(`${name.textContent} (${count.textContent})`, 13, {}, 32);
    }
    y += 6;
  }
  for (const line2 of at("meanings").children) {
    const term = line2.tagName === "DT";
    const ramp2 = line2.querySelector(".ramp svg");
    for (const child of line2.childNodes) {
      if (child.nodeType === Node.TEXT_NODE || !child.contains(ramp2) || !ramp2) {
        const sign = child.nodeType === Node.ELEMENT_NODE && child.querySelector("svg.sample");
        if (sign) parts.push(signPicture(sign, x, y));
        if (sign) wrapped2(child.textContent, 12, {}, 32);
        else wrapped2(child.textContent, 12, term ? soft : {});
      } else {
        const copy = ramp2.cloneNode(true);
        for (const [name, value] of [["x", x], ["y", y], ["width", width], ["height", 10]]) {
          copy.setAttribute(name, value);
        }
        parts.push(copy);
        y += 12;
        wrapped2([...child.querySelectorAll("span")].map((s) => s.textContent).join(" – "), 12);
      }
    }
  }
  return { parts, bottom: y };
}

// What the picture leaves out or stresses, as the screen did.
function stamp() {
  const labels = (kind) =>
    [...state.hidden[kind]].map((id) => categories[kind].get(id)).filter(Boolean).map(({ label }) => label);
  const chosen = grouping(state.color);
  const groups = chosen
    ? chosen.groups.filter(({ id }) => state.hidden.group.has(groupKey(chosen.id, id))).map(({ label }) => label)
    : [];
  if (chosen && state.hidden.group.has(groupKey(chosen.id, NO_GROUP))) groups.push(words.noGroup);
  const hidden = [...labels("node"), ...groups, ...labels("edge")];
  const parts = [hidden.length ? fill(words.notShown, { names: hidden.join(", ") }) : "", yearSaid()];
  if (!card.hidden) parts.push(fill(words.selected, { name: at("card-title").textContent }));
  return parts.filter(Boolean);
}

// Title, map, legend and sources in one file.
function wholePicture() {
  const [width, height, side] = [1180, 800, 260];
  const full = width + side + 72;
  const head = svg("g", { "font-family": FONT, fill: INK });
  pen.font = `600 26px ${FONT}`;
  const title = wrapTo(pen, content.title, full - 48);
  head.append(...textLines(title, 24, 42, 26, { "font-weight": 650 }));
  let y = 42 + title.length * 34;
  pen.font = `400 15px ${FONT}`;
  const told2 = [content.subtitle, onlyView() ? words.partSaid : words.wholeSaid, ...stamp()];
  for (const text of told2.filter(Boolean)) {
    const lines = wrapTo(pen, text, full - 48);
    head.append(...textLines(lines, 24, y, 15, { fill: "#4a5766" }));
    y += lines.length * 20;
  }
  const map = mapPicture(viewFor(width, height), width, height);
  map.setAttribute("x", 24);
  map.setAttribute("y", y);
  const legend = legendPicture(width + 48, y + 24, side);
  let bottom = Math.max(y + height, legend.bottom) + 24;
  const foot = svg("g", { "font-family": FONT });
  pen.font = `400 12px ${FONT}`;
  const cited = content.sources.map(([, name, detail]) => [name, detail].filter(Boolean).join(", "));
  const ends = [`${words.sources}${words.colon}${cited.join(" ; ")}`, at("credit").textContent, ...content.notes];
  for (const text of ends.filter(Boolean)) {
    const lines = wrapTo(pen, text, full - 48);
    foot.append(...textLines(lines, 24, bottom, 12, { fill: "#4a5766" }));
    bottom += lines.length * 15.6 + 3;
  }
  return svg(
    "svg",
    { width: full, height: Math.ceil(bottom), viewBox: `0 0 ${full} ${Math.ceil(bottom)}`, lang: content.language },
    svg("title", {}, clean(content.title)),
    svg("rect", { width: "100%", height: "100%", fill: PAPER }),
    head,
    map,
    svg("g", { "font-family": FONT }, ...legend.parts),
    foot,
  );
}

// On paper the map is drawn anew, in lines: what the screen shows would be blurred or cut.
let legendWasOpen = true;
window.addEventListener("beforeprint", () => {
  legendWasOpen = at("legend").open;
  at("legend").open = true;
  const whole = fitted(frame(), 1040, 560, { x: 70, top: state.layout === "geo" ? 42 : 8, bottom: 34 }, 2);
  const picture = mapPicture(whole, 1040, 560);
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", words.map);
  at("paper").replaceChildren(...stamp().map((text) => el("p", {}, text)), picture);
});
window.addEventListener("afterprint", () => {
  at("paper").replaceChildren();
  at("legend").open = legendWasOpen;
});
