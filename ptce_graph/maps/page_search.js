// Search: names and what cards tell of them, the nearest first.
const search = at("search");
const suggestions = at("suggestions");
let haystack = [];
let offered = [];
let active = -1;

function readNames() {
  haystack = content.nodes.map((node) => ({
    label: fold(node.label),
    rest: fold([node.short, ...node.attributes.map(([, value]) => value)].join(" ")),
  }));
}

// A name that starts so, a word that starts so, a name that holds it, an attribute that does.
function nearness({ label, rest }, wanted) {
  if (label.startsWith(wanted)) return 0;
  if (label.split(/[\s'-]+/).some((word) => word.startsWith(wanted))) return 1;
  if (label.includes(wanted)) return 2;
  return rest.includes(wanted) ? 3 : 9;
}

function suggest() {
  const wanted = fold(search.value.trim());
  offered = [];
  if (wanted) {
    offered = order
      .map((index) => ({ index, near: nearness(haystack[index], wanted) }))
      .filter(({ near }) => near < 9)
      .sort((a, b) => a.near - b.near)
      .slice(0, 8)
      .map(({ index }) => index);
  }
  active = offered.length ? 0 : -1;
  suggestions.replaceChildren(
    ...offered.map((index, row) =>
      el(
        "li",
        {
          id: `suggestion-${row}`,
          role: "option",
          // The pointer must not take the focus off the field before the choice is made.
          onpointerdown: (event) => event.preventDefault(),
          onclick: () => choose(index),
        },
        nodeSample(index),
        content.nodes[index].label,
      ),
    ),
  );
  mark();
  if (wanted) say(counted(offered.length, words.suggestion, words.suggestions));
}

function mark() {
  const open = offered.length > 0;
  suggestions.hidden = !open;
  search.setAttribute("aria-expanded", String(open));
  [...suggestions.children].forEach((option, row) =>
    option.setAttribute("aria-selected", String(row === active)),
  );
  if (active >= 0) {
    search.setAttribute("aria-activedescendant", `suggestion-${active}`);
    suggestions.children[active].scrollIntoView({ block: "nearest" });
  } else search.removeAttribute("aria-activedescendant");
}

function closeSuggestions() {
  offered = [];
  active = -1;
  suggestions.replaceChildren();
  mark();
}

function choose(index) {
  search.value = content.nodes[index].label;
  closeSuggestions();
  pick(index, "search");
}

search.addEventListener("input", suggest);
search.addEventListener("blur", closeSuggestions);
search.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    if (!offered.length) suggest();
    else {
      active = (active + step + offered.length) % offered.length;
      mark();
    }
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    choose(offered[active]);
  } else if (event.key === "Escape" && offered.length) {
    event.stopPropagation();
    closeSuggestions();
  }
});

