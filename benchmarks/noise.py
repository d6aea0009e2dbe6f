"""Invented organisations, and the same ones as a member list would write them.

Names are made of common words of the field and of invented ones ("Association
Bovami Insertion"), so that none is anybody's; a word's frequency falls as in
real lists (Zipf). A second list tells some of them again, without SIREN, with
what people do to names: no accents, capitals, no "association", an article
less, a letter wrong, "St" for "Saint", the commune added, initials.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.tables.document import Document
from ptce_graph.tables.facts import Facts, facts
from ptce_graph.tables.read import Tables, read_tables
from ptce_graph.tables.schema import TABLES

if TYPE_CHECKING:
    from pandas import DataFrame

SEED = 2014


def _words(text: str) -> list[str]:
    return text.split()


#: Of the second list, those that the first one holds; the others are strangers to it.
HELD = 0.6
_COMMON = _words(
    "solidarité emploi services habitat insertion développement culture jeunes familles "
    "animation économie sociale solidaire formation initiatives territoire maison atelier "
    "jardin recyclage énergie mobilité santé éducation populaire entraide accueil logement "
    "quartier rural coopération avenir sport loisirs enfance théâtre musique foyer ressourcerie "
    "épicerie"
)
_FORMS = ("Association", "", "SCOP", "SCIC", "SARL", "")
_CODES = ("association", "association", "scop", "scic", "sarl", "")
_FORM_SHARES = (0.3, 0.35, 0.08, 0.07, 0.08, 0.12)
_CONSONANTS, _VOWELS = list("bcdfglmnprstv"), ["a", "e", "i", "o", "u", "é", "ou", "an"]
COMMUNES = 2_000


def lists(
    register: int, members: int, seed: int = SEED, names: Sequence[str] = ()
) -> tuple[Facts, Facts, dict[str, str]]:
    """A register with SIREN, a member list without, and who of the list is who of the register.

    ``names``: the names of the register, instead of invented ones. The last
    value leads from identifiers of the list to those of the register; those who
    are strangers to it are absent.
    """
    random = np.random.default_rng(seed)
    bundled, _problems = read_tables()
    places = _places(random, bundled.frames["places"])
    communes = places.loc[places["type"] == "commune", ["id", "name"]].to_numpy()
    count = len(names) or register + members
    rare = _invented(random, max(count // 3, 50))
    everybody = list(names) or [_name(random, rare) for _ in range(count)]
    form = random.choice(len(_FORMS), count, p=_FORM_SHARES)
    if not names:
        everybody = [f"{_FORMS[f]} {n}".strip() for f, n in zip(form, everybody, strict=True)]
    place = random.integers(0, len(communes), count)
    order = random.permutation(count)
    held = order[: register if not names else count - min(members, count // 4)]
    strangers = order[len(held) :]
    known = random.choice(held, min(int(members * HELD), len(held)), replace=False)
    others = strangers[: members - len(known)]
    mine = _frame(
        "registre",
        id=[f"siren-{_siren(i)}" for i in held],
        name=[everybody[i] for i in held],
        legal_form=[_CODES[form[i]] if not names else "" for i in held],
        place=communes[place[held], 0],
        siren=[_siren(i) for i in held],
    )
    asked = np.concatenate([known, others])
    theirs = _frame(
        "liste",
        id=[f"liste-{number}" for number in range(len(asked))],
        name=[_noisy(random, everybody[i], communes[place[i], 1]) for i in asked],
        legal_form=[""] * len(asked),
        # A list often has no commune, and now and then another one: head office or activity.
        place=[_place(random, communes, place[i]) for i in asked],
        siren=[""] * len(asked),
    )
    truth = {f"liste-{n}": f"siren-{_siren(i)}" for n, i in enumerate(known)}
    return _facts(bundled, mine, places), _facts(bundled, theirs, places), truth


def _name(random: np.random.Generator, rare: Sequence[str]) -> str:
    """One to three common words, zero to two invented ones, as they come in lists of members."""
    drawn = (_COMMON[_zipf(random, len(_COMMON))] for _ in range(random.integers(0, 4)))
    common = list(dict.fromkeys(drawn))
    own = [rare[_zipf(random, len(rare))] for _ in range(1 if random.random() < 0.85 else 2)]
    if len(common) > 1 and random.random() < 0.1:
        # Names of common words alone: the hard ones.
        own = []
    words = [*own, *common] if random.random() < 0.5 else [*common, *own]
    joints = ("", "et", "de", "pour", "des")
    told = [words[0].capitalize()]
    for word in words[1:]:
        joint = joints[random.integers(0, len(joints))]
        told += [joint, word.capitalize()] if joint else [word.capitalize()]
    return " ".join(told)


def _zipf(random: np.random.Generator, count: int) -> int:
    return int(count ** random.random()) - 1 if count > 1 else 0


def _invented(random: np.random.Generator, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        pairs = random.integers(2, 5)
        found["".join(_syllable(random) for _ in range(pairs))] = None
    return list(found)


def _syllable(random: np.random.Generator) -> str:
    return str(random.choice(_CONSONANTS)) + str(random.choice(_VOWELS))


def _noisy(random: np.random.Generator, name: str, commune: str) -> str:
    """``name`` as another list writes it: one to three of the changes."""
    changes: list[Callable[[str], str]] = [
        lambda n: unicodedata.normalize("NFKD", n).encode("ascii", "ignore").decode(),
        str.upper,
        lambda n: n.split(" ", 1)[-1] if n.split(" ")[0] in _FORMS else f"Association {n}",
        lambda n: " ".join(w for w in n.split() if w.lower() not in ("de", "des", "et", "pour")),
        lambda n: _misspelt(random, n),
        lambda n: f"{n} {commune}",
        lambda n: n.replace(" ", "-", 1),
        lambda n: f"« {n} »",
        lambda n: n.rsplit(" ", 1)[0] if n.count(" ") > 2 else n,
    ]
    for at in random.choice(len(changes), random.integers(1, 4), replace=False):
        name = changes[at](name)
    return name


def _misspelt(random: np.random.Generator, name: str) -> str:
    words = name.split()
    at = int(np.argmax([len(word) for word in words]))
    word = words[at]
    if len(word) > 4:
        cut = int(random.integers(1, len(word) - 1))
        words[at] = word[:cut] + word[cut + 1 :]
    return " ".join(words)


def _place(random: np.random.Generator, communes: np.ndarray, at: int) -> str:
    chance = random.random()
    if chance < 0.3:
        return ""
    return str(communes[at if chance < 0.95 else random.integers(0, len(communes)), 0])


def _places(random: np.random.Generator, places: DataFrame) -> DataFrame:
    """The bundled departments and regions, with invented communes."""
    import pandas as pd

    kept = places[places["type"].isin(("departement", "region", "region-ancienne"))]
    departments = kept.loc[kept["type"] == "departement", "id"].to_numpy()
    names = sorted(set(_invented(random, COMMUNES)))
    made = pd.DataFrame(
        {
            "id": [f"commune-{number}" for number in range(len(names))],
            "name": [name.capitalize() for name in names],
            "type": "commune",
            "within": random.choice(departments, len(names)),
        }
    )
    return pd.concat([kept, made], ignore_index=True).fillna("").astype(object)


def _siren(number: int) -> str:
    """Nine digits, the last checking the others (Luhn)."""
    digits = f"{10_000_000 + int(number):08d}"
    total = sum(
        sum(divmod(int(digit) * (2 if at % 2 == 0 else 1), 10))
        for at, digit in enumerate(reversed(digits))
    )
    return f"{digits}{-total % 10}"


def _frame(source: str, **columns: Sequence[str]) -> DataFrame:
    import pandas as pd

    frame = pd.DataFrame({name: list(values) for name, values in columns.items()}, dtype=object)
    for name in (*TABLES["organisations"].column_names, "file"):
        if name not in frame:
            frame[name] = ""
    frame["section"], frame["lines"], frame["source"] = "Liste", "1", source
    frame["row"] = range(2, len(frame) + 2)
    return frame.astype(object)


def _facts(bundled: Tables, organisations: DataFrame, places: DataFrame) -> Facts:
    frames = {name: frame.iloc[:0] for name, frame in bundled.frames.items()}
    frames |= {"organisations": organisations, "places": places}
    documents = {
        name: Document(name, name.capitalize(), "", 1) for name in set(organisations["source"])
    }
    return facts(Tables(Path("invented"), documents, frames, bundled.codes))
