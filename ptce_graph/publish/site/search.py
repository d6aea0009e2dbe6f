"""The search index: a script of the site, since pages opened from disk may fetch nothing."""

from __future__ import annotations

import json

from ptce_graph.analysis.measures import MEASURES
from ptce_graph.publish.site.parts import Making
from ptce_graph.publish.site.paths import code_page, in_language, thing_page
from ptce_graph.publish.site.questions import catalogue
from ptce_graph.publish.site.things import scheme_name

#: So many things can be searched for; of more, networks and poles come first.
MOST = 20_000
#: What comes first among things as near to what was typed.
_WEIGHTS = {"network": 9, "pole": 8, "local-authority": 6, "organisation": 6}

Entry = tuple[str, str, str, str, int]


def search_script(making: Making) -> str:
    """The index in one language: names, pages, kinds, other names."""
    kinds: dict[str, int] = {}
    things = []
    for name, path, kind, rest, weight in _entries(making)[:MOST]:
        number = kinds.setdefault(kind, len(kinds))
        things.append([name, in_language(path, making.language), number, rest, weight])
    told = {"kinds": list(kinds), "things": things}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # A half of a character cannot be written as UTF-8.
    text = text.encode("utf-8", "replace").decode("utf-8")
    return f"window.ptceSearch={text};\n"


def _entries(making: Making) -> list[Entry]:
    index, words, language = making.index, making.words, making.language
    labels = {
        "network": words("Network"),
        "pole": words("Pole"),
        "local-authority": words("Local authority"),
        "organisation": words("Organisation"),
    }
    found: list[Entry] = []
    for actor in index.by_name:
        category = index.category(actor)
        rest = " | ".join(index.other_names[actor])
        page = thing_page(index.types[actor], actor)
        found.append((index.names[actor], page, labels[category], rest, _WEIGHTS[category]))
    found.sort(key=lambda entry: -entry[4])
    for place, row in index.places.items():
        kind = making.tell.label("place-types", row["type"])
        found.append((str(row["name"]), thing_page("place", place), kind, row["insee_code"], 4))
    for call, name in index.call_names.items():
        found.append((name, thing_page("call", call), words("Call"), "", 5))
    for name, question in catalogue().items():
        told = name.replace("-", " ")
        page = f"questions/{name}.html"
        found.append((question.words[language], page, words("Question"), told, 3))
    for name, measure in MEASURES.items():
        found.append((words(measure.label), f"measures/{name}.html", words("Measure"), name, 5))
    for source in index.facts.tables.documents.values():
        page = thing_page("source", source.id)
        found.append((source.title, page, words("Document"), source.id.replace("-", " "), 5))
    for scheme, frame in index.facts.tables.codes.items():
        kind = scheme_name(making, scheme)
        for code, label in zip(frame["code"], frame[f"label_{language}"], strict=True):
            found.append((str(label), code_page(scheme, code), kind, code.replace("-", " "), 2))
    for cooperation, name in index.cooperation_names.items():
        found.append((name, thing_page("cooperation", cooperation), words("Action"), "", 1))
    return found
