"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const { words, questions, bases, language } = JSON.parse($("data").textContent);
  const SHOWN = 1000;
  let running = null;
  let answer = null;

  const told = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const number = (value) => value.toLocaleString(language);
  const clear = (node) => node.replaceChildren();
  const made = (name, text) => {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    return node;
  };

  // Where a thing's own address leads on this server; other addresses stay as they are.
  function address(iri) {
    for (const [start, folder] of bases) {
      if (iri.startsWith(start)) {
        const rest = iri.slice(start.length).split("/").map(encodeURIComponent).join("/");
        return { href: folder + rest + "?lang=" + language, text: folder + iri.slice(start.length) };
      }
    }
    return { href: /^https?:\/\//.test(iri) ? iri : "", text: iri };
  }

  function cell(term) {
    const td = made("td");
    if (!term) return td;
    if (term.type === "uri") {
      const { href, text } = address(term.value);
      const link = made(href ? "a" : "span", text);
      if (href) {
        link.href = href;
        link.rel = "noreferrer";
      }
      td.append(link);
    } else if (term.type === "triple") {
      td.textContent = JSON.stringify(term.value);
    } else {
      td.textContent = term.value;
      const tongue = term["xml:lang"];
      if (tongue) {
        td.lang = tongue;
        const sign = made("span", " @" + tongue);
        sign.className = "lang";
        td.append(sign);
      }
    }
    return td;
  }

  function showTable(head, rows) {
    const table = made("table");
    table.append(made("caption", words.answer));
    const line = table.createTHead().insertRow();
    for (const name of head) {
      const th = made("th", name);
      th.scope = "col";
      line.append(th);
    }
    const body = table.createTBody();
    for (const row of rows.slice(0, SHOWN)) {
      const tr = body.insertRow();
      tr.append(...head.map((name) => cell(row[name])));
    }
    $("result").append(table);
  }

  function showText(text) {
    const pre = made("pre", text.length > 500000 ? text.slice(0, 500000) + "…" : text);
    pre.className = "text";
    $("result").append(pre);
  }

  function show(text, type) {
    $("result").hidden = false;
    $("saves").hidden = false;
    const isTable = type.startsWith("application/sparql-results+json");
    answer = { text, type, head: [], rows: [] };
    $("save-raw").textContent = isTable ? words.saveJson : words.saveTurtle;
    $("save-csv").hidden = true;
    if (!isTable) {
      showText(text);
      return told(words.triples, {});
    }
    const parsed = JSON.parse(text);
    if ("boolean" in parsed) {
      showText(String(parsed.boolean));
      return parsed.boolean ? words.yes : words.no;
    }
    answer.head = parsed.head.vars;
    answer.rows = parsed.results.bindings;
    $("save-csv").hidden = false;
    showTable(answer.head, answer.rows);
    const n = answer.rows.length;
    const some = n > SHOWN ? " " + told(words.some, { n: number(SHOWN) }) : "";
    return told(n === 1 ? words.row : words.rows, { n: number(n) }) + some;
  }

  function showProblem(problem) {
    const box = $("error");
    clear(box);
    box.append(made("strong", problem.title), document.createElement("br"), problem.detail);
    const query = $("query");
    query.setAttribute("aria-invalid", "true");
    if (problem.line) {
      const lines = query.value.split("\n");
      const line = lines[problem.line - 1] || "";
      // The parser counts characters, a text area counts units of UTF-16.
      const before = Array.from(line).slice(0, problem.column - 1).join("");
      const at = before.length;
      const pre = made("pre", told(words.place, problem) + "\n" + before);
      pre.append(made("mark", line.slice(at, at + 1) || "␣"), line.slice(at + 1));
      box.append(pre);
      const start = lines.slice(0, problem.line - 1).reduce((n, l) => n + l.length + 1, 0) + at;
      query.setSelectionRange(start, Math.min(start + 1, query.value.length));
    }
    box.hidden = false;
  }

  function reset() {
    $("error").hidden = true;
    $("result").hidden = true;
    $("saves").hidden = true;
    $("query").removeAttribute("aria-invalid");
    clear($("result"));
  }

  function busy(state) {
    $("run").disabled = state;
    $("stop").hidden = !state;
  }

  async function run() {
    const query = $("query").value;
    if (!query.trim()) return;
    if (running) running.abort();
    const own = new AbortController();
    running = own;
    reset();
    busy(true);
    $("status").textContent = words.running;
    history.replaceState(null, "", "#query=" + encodeURIComponent(query));
    const begun = performance.now();
    try {
      const response = await fetch("sparql?lang=" + language, {
        method: "POST",
        signal: own.signal,
        headers: {
          "Content-Type": "application/sparql-query; charset=utf-8",
          Accept: "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.8",
        },
        body: query,
      });
      const text = await response.text();
      const type = response.headers.get("Content-Type") || "";
      const seconds = ((performance.now() - begun) / 1000).toLocaleString(language, {
        maximumFractionDigits: 2,
      });
      if (response.ok) {
        $("status").textContent = show(text, type) + " " + told(words.took, { seconds });
      } else {
        $("status").textContent = "";
        showProblem(
          type.startsWith("application/problem+json")
            ? JSON.parse(text)
            : { title: response.status, detail: text },
        );
      }
    } catch (error) {
      if (running !== own) return;
      $("status").textContent = own.signal.aborted ? words.stopped : "";
      if (!own.signal.aborted) showProblem({ title: words.unreachable, detail: "" });
    } finally {
      if (running === own) {
        running = null;
        busy(false);
      }
    }
  }

  // For a spreadsheet: no cell is a formula.
  function csv() {
    const quoted = (text) => (/[",;\t\r\n]|^\s|\s$/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
    const safe = (text) => (/^[=+\-@\t\r]/.test(text) ? "'" + text : text);
    const lines = [answer.head.map(quoted)];
    for (const row of answer.rows) {
      lines.push(answer.head.map((name) => (row[name] ? quoted(safe(String(row[name].value))) : "")));
    }
    return "\ufeff" + lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
  }

  function save(text, name, type) {
    const link = made("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function choose() {
    const chosen = questions[$("question").value];
    $("note").hidden = !(chosen && chosen.note);
    if (!chosen) return;
    $("query").value = chosen.sparql;
    $("note").textContent = chosen.note;
    run();
  }

  function fromAddress() {
    const hash = new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B"));
    const given = hash.get("query") || new URLSearchParams(location.search).get("query");
    if (given && given !== $("query").value) $("query").value = given;
    return Boolean(given);
  }

  $("choice").hidden = false;
  $("question").addEventListener("change", choose);
  $("form").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  $("query").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  $("stop").addEventListener("click", () => running && running.abort());
  $("save-csv").addEventListener("click", () => save(csv(), "ptce.csv", "text/csv;charset=utf-8"));
  $("save-raw").addEventListener("click", () =>
    answer.type.startsWith("text/turtle")
      ? save(answer.text, "ptce.ttl", answer.type)
      : save(answer.text, "ptce.json", answer.type),
  );
  window.addEventListener("hashchange", () => fromAddress() && run());
  if (fromAddress()) run();
})();
