// Search: every word somewhere in a name or in what the card tells, in any order.
const search = at("search");
const suggestions = at("suggestions");
const nothing = at("no-result");
// Words that tell one name from another only where others agree: they are asked for last.
const SMALL = new Set(
  ("a au aux d de des du en et l la le les un une the of and in for " +
    "ptce pole poles ville mairie commune conseil region regional regionale departement " +
    "departemental general association communaute agglomeration").split(" "),
);
const MOST_OFFERED = 8;
let haystack = [];
let offered = [];
let active = -1;

const wordsOf = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

function readNames() {
  haystack = content.nodes.map((node) => {
    const others = node.attributes
      .filter(([name]) => name === words.otherNames)
      .flatMap(([, value]) => value.split(", "));
    const named = [node.label, node.short, ...others];
    const told = node.attributes
      .filter(([name, , meaning]) => !meaning && name !== words.otherNames)
      .map(([name, value]) => ({ line: `${name}${words.colon}${value}`, words: wordsOf(value) }));
    return {
      whole: fold(node.label),
      label: wordsOf(node.label),
      names: [...new Set(named)].slice(1).map((name) => ({ name, words: wordsOf(name) })),
      told,
      rest: [...wordsOf(named.join(" ")), ...told.flatMap((one) => one.words)],
    };
  });
}

// As typed, or its beginning; "régional" is also said of a "région".
const says = (word, wanted) =>
  word.startsWith(wanted) || (word.length > 4 && wanted.length > 4 && wanted.startsWith(word));
const holdsAll = (list, wanted) => wanted.every((one) => list.some((word) => says(word, one)));

const also = (name) => fill(words.alsoNamed, { name });

// What the name says of the words typed: the lower the nearer, and why where it is not the label.
function nearness({ whole, label, names, told, rest }, asked, typed, text) {
  if (whole.startsWith(text)) return { near: 0 };
  if (holdsAll(label, typed)) return { near: 1 };
  const other = names.find((name) => holdsAll(name.words, typed));
  if (other) return { near: 2, why: also(other.name) };
  const common = typed.filter((one) => rest.some((word) => says(word, one))).length / typed.length;
  if (holdsAll(label, asked)) return { near: 4 - common };
  const known = names.find((name) => holdsAll(name.words, asked));
  if (known) return { near: 4.5 - common, why: also(known.name) };
  if (holdsAll(rest, asked)) {
    const line = told.find((one) => asked.some((word) => holdsAll(one.words, [word])));
    return { near: 6 - common, why: line ? line.line : "" };
  }
  return asked.every((one) => whole.includes(one)) ? { near: 7 } : null;
}

// How alike two words are, from 0 to 1: the pairs of letters they share.
function alike(one, other) {
  if (says(one, other)) return 1;
  const pairs = (word) => Array.from(word, (letter, i) => letter + (word[i + 1] || " "));
  const [a, b] = [pairs(one), pairs(other)];
  return (2 * a.filter((two) => b.includes(two)).length) / (a.length + b.length);
}

function nearest(asked) {
  const score = ({ label, names }) => {
    const all = [...label, ...names.flatMap((name) => name.words)].filter((w) => !SMALL.has(w));
    const best = (wanted) => all.reduce((most, word) => Math.max(most, alike(word, wanted)), 0);
    return asked.reduce((sum, wanted) => sum + best(wanted), 0) / asked.length;
  };
  return order
    .map((index) => ({ index, score: score(haystack[index]) }))
    .filter((found) => found.score > 0.3)
    .sort((a, b) => b.score - a.score)
    .slice(0, 4);
}

function found(typed, asked, text) {
  const exact = (index) => asked.filter((one) => haystack[index].label.includes(one)).length;
  return order
    .map((index) => ({ index, ...nearness(haystack[index], asked, typed, text) }))
    .filter(({ near }) => near !== undefined)
    .sort((a, b) => a.near - b.near || exact(b.index) - exact(a.index))
    .slice(0, MOST_OFFERED);
}

function suggest() {
  const typed = wordsOf(search.value);
  const telling = typed.filter((word) => !SMALL.has(word));
  const asked = telling.length ? telling : typed;
  offered = asked.length ? found(typed, asked, fold(search.value.trim())) : [];
  active = offered.length ? 0 : -1;
  const none = Boolean(search.value.trim()) && !offered.length;
  if (none && asked.length) offered = nearest(asked);
  nothing.hidden = !none;
  nothing.textContent = none ? noResult() : "";
  suggestions.replaceChildren(...offered.map(suggestion));
  mark();
  if (none) say(nothing.textContent);
  else if (asked.length) say(counted(offered.length, words.suggestion, words.suggestions));
}

function noResult() {
  const text = fill(words.noResult, { text: search.value.trim() });
  return offered.length ? `${text} ${words.nearestNames}` : text;
}

function suggestion({ index, why }, row) {
  const { label } = content.nodes[index];
  return el(
    "li",
    {
      id: `suggestion-${row}`,
      role: "option",
      // The pointer must not take the focus off the field before the choice is made.
      onpointerdown: (event) => event.preventDefault(),
      onclick: () => choose(index),
    },
    nodeSample(index),
    el("span", {}, label, why ? el("small", {}, ` ${why}`) : ""),
  );
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
  nothing.hidden = true;
  nothing.textContent = "";
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
      const from = active < 0 && step < 0 ? 0 : active;
      active = (from + step + offered.length) % offered.length;
      mark();
    }
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    choose(offered[active].index);
  } else if (event.key === "Escape" && (offered.length || !nothing.hidden)) {
    event.stopPropagation();
    closeSuggestions();
  }
});
