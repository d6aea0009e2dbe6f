"""Invented cooperation networks of any size, with the shape of real ones.

Networks and poles have heavy-tailed sizes; some organisations belong to many;
cooperations are mostly of two partners, who mostly share a pole or a region.
Nothing here names anything real: "Organisation 12345", "Pole 17".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ptce_graph.tables.document import Document
from ptce_graph.tables.facts import Facts, facts
from ptce_graph.tables.read import Tables, read_tables
from ptce_graph.tables.schema import TABLES

if TYPE_CHECKING:
    from pandas import DataFrame

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Texts = NDArray[np.object_]

SEED = 2011
NETWORKS = 30
#: 2,000 poles for 220,000 organisations, and never fewer than ten.
ORGANISATIONS_PER_POLE, FEWEST_POLES = 110, 10
DOCUMENTS = tuple(f"document-{number}" for number in range(1, 7))

#: Links per organisation: memberships in networks, in poles, and parts in cooperations.
IN_NETWORKS, IN_POLES, IN_COOPERATIONS = 1.3, 0.7, 1.35
MOST_PARTNERS = 12
#: Where the partners of a cooperation are looked for, and how often.
IN_THE_POLE, IN_THE_REGION = 0.7, 0.2
WITH_A_POLE = 0.15
PLANNED, DATED, OVER = 0.05, 0.3, 0.03
TOLD_TWICE = 0.05

_KINDS = ("structure-ess", "entreprise", "collectivite", "groupement", "formation", "")
_KIND_SHARES = (0.62, 0.12, 0.08, 0.05, 0.03, 0.10)
_FORMS = ("association", "cooperative", "scop", "scic", "sas", "sarl", "mutuelle", "")
_FORM_SHARES = (0.5, 0.06, 0.06, 0.04, 0.05, 0.05, 0.02, 0.22)
_ROLES = ("adherent", "membre", "administrateur", "fondateur")
_ROLE_SHARES = (0.6, 0.3, 0.07, 0.03)


@dataclass(frozen=True)
class _Ground:
    """Who there is. Organisations stand by region, then by pole: neighbours are near.

    ``organisations`` (n,), ``networks`` and ``poles`` are identifiers;
    ``starts`` (p + 1) cuts the organisations into the surroundings of each
    pole; ``region`` is that of each pole, 0 to r - 1, sorted; ``activity`` (n,)
    says how much each organisation takes part.
    """

    organisations: Texts
    networks: Texts
    poles: Texts
    starts: Ints
    region: Ints
    activity: Floats
    regions: Texts


def facts_of(organisations: int, seed: int = SEED) -> Facts:
    """Facts on so many invented organisations; the same ``seed`` gives the same facts."""
    return facts(tables_of(organisations, seed))


def tables_of(organisations: int, seed: int = SEED) -> Tables:
    """Tables in memory, with the bundled code lists and places.

    About three links per organisation: memberships in ``NETWORKS`` networks
    and in poles, and parts in cooperations of two to twelve.
    """
    bundled, _problems = read_tables()
    places = bundled.frames["places"]
    random = np.random.default_rng(seed)
    ground = _ground(random, organisations, places.loc[places["type"] == "region", "id"].to_numpy())
    cooperations, participations = _cooperations(random, ground)
    frames = {
        "organisations": _organisations(random, ground),
        "poles": _poles(random, ground),
        "memberships": _memberships(random, ground),
        "cooperations": cooperations,
        "participations": participations,
        "places": places,
    }
    for name in TABLES:
        frames.setdefault(name, _frame(name, 0))
    documents = {
        name: Document(name, name.capitalize().replace("-", " "), "", 100_000) for name in DOCUMENTS
    }
    return Tables(Path("invented"), documents, frames, bundled.codes)


def _ground(random: np.random.Generator, count: int, regions: Texts) -> _Ground:
    poles = max(count // ORGANISATIONS_PER_POLE, FEWEST_POLES)
    region = np.sort(random.choice(len(regions), poles, p=_falling(len(regions), 0.7)))
    surroundings = np.sort(random.choice(poles, count, p=random.permutation(_falling(poles, 0.6))))
    starts = np.searchsorted(surroundings, np.arange(poles + 1))
    # Who is near whom cannot be read from the identifiers, which are sorted later.
    numbers = random.permutation(count) + 1
    return _Ground(
        _named("organisation", numbers),
        _named("network", np.arange(1, NETWORKS + 1)),
        _named("pole", random.permutation(poles) + 1),
        starts.astype(np.int64),
        region,
        1 + random.pareto(1.6, count),
        regions,
    )


def _organisations(random: np.random.Generator, ground: _Ground) -> DataFrame:
    count = len(ground.organisations)
    everybody = np.concatenate([ground.organisations, ground.networks])
    pole = np.repeat(np.arange(len(ground.poles)), np.diff(ground.starts))
    place = ground.regions[ground.region[pole]]
    place = np.where(random.random(count) < 0.9, place, "")
    none = np.full(NETWORKS, "", dtype=object)
    return _frame(
        "organisations",
        len(everybody),
        random,
        id=everybody,
        name=_titles(everybody),
        kind=np.append(random.choice(_KINDS, count, p=_KIND_SHARES), none + "reseau"),
        legal_form=np.append(random.choice(_FORMS, count, p=_FORM_SHARES), none + "association"),
        place=np.append(place, none),
        created=_sometimes(random, count + NETWORKS, 0.2, _years(random, count + NETWORKS)),
    )


def _poles(random: np.random.Generator, ground: _Ground) -> DataFrame:
    count = len(ground.poles)
    carrier = _drawn(random, ground, ground.starts[:-1], ground.starts[1:])
    return _frame(
        "poles",
        count,
        random,
        id=ground.poles,
        name=_titles(ground.poles),
        carrier=_sometimes(random, count, 0.8, ground.organisations[carrier]),
        place=ground.regions[ground.region],
    )


def _memberships(random: np.random.Generator, ground: _Ground) -> DataFrame:
    """Members of networks and of poles, each membership told by one document or two."""
    import pandas as pd

    count, poles = len(ground.organisations), len(ground.poles)
    wanted = int(count * IN_NETWORKS)
    member = _drawn(random, ground, np.zeros(wanted, int), np.full(wanted, count))
    network = random.choice(NETWORKS, wanted, p=_falling(NETWORKS, 1.0))
    wanted = int(count * IN_POLES)
    pole = random.choice(poles, wanted, p=random.permutation(_falling(poles, 0.7)))
    near = _drawn(random, ground, *_reach(random, ground, pole))
    few = random.choice(poles, poles // 10, replace=False)
    pairs = pd.DataFrame(
        {
            "member": np.concatenate(
                [
                    ground.organisations[member],
                    ground.organisations[near],
                    ground.poles[few],
                    ground.networks[-3:],
                ]
            ),
            "organisation": np.concatenate(
                [
                    ground.networks[network],
                    ground.poles[pole],
                    ground.networks[random.choice(NETWORKS - 3, len(few))],
                    ground.networks[:3],
                ]
            ),
        }
    ).drop_duplicates()
    pairs["source"] = random.choice(DOCUMENTS[:-1], len(pairs))
    again = pairs[random.random(len(pairs)) < TOLD_TWICE].assign(source=DOCUMENTS[-1])
    pairs = pd.concat([pairs, again])
    start = _years(random, len(pairs))
    dated = random.random(len(pairs)) < DATED
    over = dated & (random.random(len(pairs)) < OVER / DATED)
    return _frame(
        "memberships",
        len(pairs),
        random,
        member=pairs["member"],
        organisation=pairs["organisation"],
        role=random.choice(_ROLES, len(pairs), p=_ROLE_SHARES),
        source=pairs["source"],
        start=np.where(dated, start, ""),
        end=np.where(over, "2017", ""),
    )


def _cooperations(random: np.random.Generator, ground: _Ground) -> tuple[DataFrame, DataFrame]:
    """Cooperations and their partners, from near one pole, from its region or from anywhere."""
    import pandas as pd

    sizes = np.arange(2, MOST_PARTNERS + 1)
    chance = sizes**-2.5 / (sizes**-2.5).sum()
    count = int(len(ground.organisations) * IN_COOPERATIONS / (sizes * chance).sum())
    partners = random.choice(sizes, count, p=chance)
    name = _named("cooperation", np.arange(1, count + 1))
    surroundings = np.diff(ground.starts) / len(ground.organisations)
    pole = random.choice(len(ground.poles), count, p=surroundings)
    at = np.repeat(np.arange(count), partners)
    who = ground.organisations[_drawn(random, ground, *_reach(random, ground, pole[at]))]
    first = np.append(True, at[1:] != at[:-1])
    led = first & (random.random(count) < WITH_A_POLE)[at]
    who[led] = ground.poles[pole[at[led]]]
    role = random.choice(("partenaire", "financeur", "partie-prenante"), len(at), p=(0.8, 0.1, 0.1))
    role = np.where(led, "pole", role)
    source = random.choice(DOCUMENTS, count)
    pairs = pd.DataFrame({"cooperation": name[at], "partner": who})
    kept = ~pairs.duplicated().to_numpy()
    parts = _frame(
        "participations",
        int(kept.sum()),
        random,
        cooperation=pairs["cooperation"][kept],
        partner=pairs["partner"][kept],
        role=role[kept],
        source=source[at][kept],
    )
    kinds = ("mutualisation", "pilotage", "accompagnement", "financement")
    cooperations = _frame(
        "cooperations",
        count,
        random,
        id=name,
        kind=random.choice(kinds, count),
        state=np.where(random.random(count) < PLANNED, "prevu", "constate"),
        name=_titles(name),
        start=_sometimes(random, count, DATED, _years(random, count)),
        source=source,
    )
    return cooperations, parts


def _reach(random: np.random.Generator, ground: _Ground, pole: Ints) -> tuple[Ints, Ints]:
    """For each draw the organisations it is made among: those near ``pole``, or further off."""
    first = np.searchsorted(ground.region, ground.region[pole], "left")
    last = np.searchsorted(ground.region, ground.region[pole], "right")
    chance = random.random(len(pole))
    near, region = chance < IN_THE_POLE, chance < IN_THE_POLE + IN_THE_REGION
    everybody = len(ground.organisations)
    low = np.where(near, ground.starts[pole], np.where(region, ground.starts[first], 0))
    high = np.where(near, ground.starts[pole + 1], np.where(region, ground.starts[last], everybody))
    return low, high


def _drawn(random: np.random.Generator, ground: _Ground, low: Ints, high: Ints) -> Ints:
    """One organisation from each range, by its activity; from anywhere where a range is empty."""
    whole = np.append(0.0, np.cumsum(ground.activity))
    low, high = np.where(high > low, (low, high), ((0,), (len(ground.organisations),)))
    at = whole[low] + random.random(len(low)) * (whole[high] - whole[low])
    drawn: Ints = np.clip(np.searchsorted(whole, at, "right") - 1, low, high - 1)
    return drawn


def _frame(
    table: str, rows: int, random: np.random.Generator | None = None, **columns: object
) -> DataFrame:
    """A table with the columns of the schema, empty where not given, each row at some line."""
    import pandas as pd

    if rows and random is not None:
        columns.setdefault("source", random.choice(DOCUMENTS, rows))
        columns["section"] = "List"
        columns["lines"] = random.integers(1, 100_000, rows).astype(str)
        columns["row"] = np.arange(2, rows + 2)
        columns["file"] = f"{table}.csv"
    names = [*TABLES[table].column_names, "source", "file", "row"]
    given = {name: np.asarray(columns.get(name, "")) for name in names}
    wide = {name: np.broadcast_to(value, rows) for name, value in given.items()}
    return pd.DataFrame(wide, columns=names).astype(object)


def _named(kind: str, numbers: Ints) -> Texts:
    return np.array([f"{kind}-{number}" for number in numbers.tolist()], dtype=object)


def _titles(identifiers: Sequence[str] | Texts) -> list[str]:
    return [name.capitalize().replace("-", " ") for name in identifiers]


def _falling(count: int, exponent: float) -> Floats:
    """Shares of ``count`` things, the first the largest (Zipf)."""
    weight = 1.0 / np.arange(1, count + 1) ** exponent
    shares: Floats = weight / weight.sum()
    return shares


def _years(random: np.random.Generator, count: int) -> Texts:
    years: Texts = random.integers(1998, 2016, count).astype(str).astype(object)
    return years


def _sometimes(random: np.random.Generator, count: int, share: float, values: Texts) -> Texts:
    return np.where(random.random(count) < share, values, "")
