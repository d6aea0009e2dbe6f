"""How sure the results are, when links are missing and documents may be wrong.

Links or whole documents are left out at random, the network is made and
measured again, and what changes is told. What holds when a tenth of the links
is lost does not hang on a few of them; it says nothing of links that no
document tells.

E. Costenbader and T. W. Valente, The stability of centrality measures when
networks are sampled, Social Networks 25, 2003. S. P. Borgatti, K. M. Carley and
D. Krackhardt, On the robustness of centrality measures under conditions of
imperfect data, Social Networks 28, 2006.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ptce_graph.analysis.bridges import Told, bridged, bridges, told_links
from ptce_graph.analysis.kernels.adjacency import Floats, Ints
from ptce_graph.analysis.measures import MEASURES
from ptce_graph.analysis.study import SEED, Study
from ptce_graph.errors import CallError, unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.network.network import Network
from ptce_graph.network.projections import again

if TYPE_CHECKING:
    from pandas import DataFrame, Series

StudyOf = Callable[[Network], Study]
LINKS, SOURCES = "links", "sources"
#: The first ten, as a reader of a table looks at them.
FIRST = 10
_INTERVAL = (2.5, 97.5)


def stability(
    study_of: StudyOf,
    network: Network,
    measures: Sequence[str] = (),
    drop: float = 0.1,
    by: str = LINKS,
    samples: int = 100,
    seed: int = SEED,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[DataFrame, DataFrame]:
    """The ranks of nodes when links are missing, and how far the whole order holds.

    Each of ``samples`` networks lacks a share ``drop`` (0 to 1) of the rows of
    the links table, drawn at random (``by`` ``links``), or each document with
    chance ``drop`` (``by`` ``sources``; one at least stays). Nodes all stay.
    Ranks: 1 for the highest value (the lowest of Burt's constraint), the mean
    rank for equals, NaN last. ``study_of`` says how to measure a network;
    ``progress`` is told how many samples are done, of how many.

    First frame, a row per measure and node, by rank: ``measure``, ``id``,
    ``name``, ``type``, ``value``, ``rank``, ``rank_low`` and ``rank_high``
    (2.5th and 97.5th percentile over the samples), ``top10`` (share of the
    samples in which its rank is 10 or less).

    Second frame, a row per measure: ``measure``; ``kendall_mean``,
    ``kendall_low``, ``kendall_high`` (mean and the same percentiles of Kendall's
    tau-b, -1 to 1, between the ranks in a sample and in the whole, over all
    nodes; samples in which all are equal, where it is not defined, are left
    out, NaN where none remains); ``top10_kept`` (mean share of those with rank 10 or
    less that keep such a rank; NaN where equals leave nobody there).

    M. G. Kendall, The treatment of ties in ranking problems, Biometrika 33, 1945.
    Raises ``CallError`` for a share, a number of samples or a way to drop that is none.
    """
    import pandas as pd

    _check(drop, samples)
    if by not in (LINKS, SOURCES):
        raise unknown_choice(
            _("Nothing is dropped by {name}.").format(name=by), by, (LINKS, SOURCES)
        )
    whole = _measured(study_of(network), measures)
    names = list(whole.columns[3:])
    ranks = {name: _ranks(whole[name]) for name in names}
    drawn: dict[str, list[Floats]] = {name: [] for name in names}
    for done, rows in enumerate(_samples(network, drop, by, samples, seed), start=1):
        sample = _measured(study_of(again(network, network.links.loc[rows])), names)
        sample = sample.reindex(whole.index)
        for name in names:
            drawn[name].append(_ranks(sample[name]))
        if progress:
            progress(done, samples)
    nodes, orders = [], []
    for name in names:
        sampled = np.stack(drawn[name])
        nodes.append(_rank_rows(whole, name, ranks[name], sampled))
        orders.append(_order_row(name, ranks[name], sampled))
    columns = ["measure", "kendall_mean", "kendall_low", "kendall_high", "top10_kept"]
    return pd.concat(nodes, ignore_index=True), pd.DataFrame(orders, columns=columns)


def without_each_source(
    study_of: StudyOf, network: Network, measures: Sequence[str] = ()
) -> DataFrame:
    """What becomes of the ranks when one document is left out, whichever it is.

    A row per document that tells a link and measure: ``source``, ``measure``,
    ``links_lost`` (rows of the links table that it alone holds: its own),
    ``kendall`` (tau-b between the ranks without it and with all, over all nodes;
    NaN where either has all nodes equal), ``top10_kept`` (share of those with
    rank 10 or less that keep such a rank; NaN where there are none) and ``first``
    (identifier of the highest without it, the first in alphabetical order among
    equals; empty where all values are alike or none is defined).
    """
    import pandas as pd

    whole = _measured(study_of(network), measures)
    names = list(whole.columns[3:])
    told = network.links["source"]
    rows = []
    for source in sorted(set(told)):
        kept = np.sort(told.index[told != source].to_numpy(dtype=np.int64))
        part = _measured(study_of(again(network, network.links.loc[kept])), names)
        part = part.reindex(whole.index)
        for name in names:
            before, after = _ranks(whole[name]), _ranks(part[name])
            rows.append(
                (
                    source,
                    name,
                    int((told == source).sum()),
                    _kendall(before, after),
                    _kept(before, after),
                    "" if part[name].nunique() < 2 else part.index[int(np.argmin(after))],
                )
            )
    columns = ["source", "measure", "links_lost", "kendall", "top10_kept", "first"]
    return pd.DataFrame(rows, columns=columns)


def bridge_certainty(
    network: Network,
    between: tuple[str, str],
    drop: float = 0.2,
    samples: int = 1000,
    seed: int = SEED,
) -> DataFrame:
    """The bridges between two networks, and what each of them rests on.

    The rows and columns of ``bridges``, then: ``documents`` (number of documents
    whose links make it); ``rests_on`` (fewest rows of the links table whose loss
    undoes it, at least 1); ``held`` (share, 0 to 1, of ``samples`` networks
    that lack a share ``drop`` of all rows, drawn at random, in which it still is
    a bridge); ``lost_without`` (documents without any one of which it is none,
    joined by ``|``). High ``rests_on`` and ``held`` and an empty ``lost_without``:
    a bridge that several facts and documents bear out.

    A cooperation of three of which one partner's row is lost passes for a
    cooperation of two, as it would had the document not named the third.
    Raises ``CallError`` for what is no network, or for a share or number that is none.
    """
    _check(drop, samples)
    frame = bridges(network, between)
    told = told_links(network, between)
    keys = told.ids.get_indexer(frame["bridge"])
    held = np.zeros(len(frame))
    for rows in _losses(told, len(network.links), drop, samples, seed):
        held += np.isin(keys, bridged(told.without(rows)).thing)
    lost: list[list[str]] = [[] for _row in range(len(frame))]
    source = network.links["source"]
    for name in sorted(set(source)):
        gone = np.sort(source.index[source == name].to_numpy(dtype=np.int64))
        stays = np.isin(keys, bridged(told.without(gone)).thing)
        for at in np.flatnonzero(~stays).tolist():
            lost[at].append(str(name))
    frame["documents"] = [len(set(text.split("|"))) for text in frame["sources"]]
    pair = told.ids.get_indexer(sorted(between)).tolist()
    frame["rests_on"] = _rests_on(told, keys.tolist(), pair) if len(frame) else []
    frame["held"] = held / samples
    frame["lost_without"] = ["|".join(names) for names in lost]
    return frame.astype({"documents": int, "rests_on": int, "lost_without": "str"})


def _rests_on(told: Told, things: list[int], pair: list[int]) -> list[int]:
    """For each bridge between two networks the fewest rows whose loss undoes it.

    No row serves two organisations, so each can be weighed alone: how many rows
    part it from one network, from the other, from both. A pole is no bridge when
    all are parted from one network, or all but one from both.
    """
    belongs = Counter(map(tuple, told.members[:, :2].tolist()))
    attached = _attachments(told)
    found = []
    for thing in things:
        if not told.is_pole[thing]:
            found.append(min(belongs[thing, network] for network in pair))
            continue
        losses = []
        for organisation, rows in attached.get(thing, {}).items():
            reach = [
                # What is itself a network is not parted from it, but from the pole.
                rows if organisation == network else min(rows, belongs[organisation, network])
                for network in pair
            ]
            apart = [rows if organisation == n else belongs[organisation, n] for n in pair]
            losses.append((*reach, min(rows, sum(apart))))
        one, other, both = (sum(column) for column in zip(*losses, strict=True))
        alone = both - max(loss[2] for loss in losses)
        found.append(min(one, other, alone))
    return found


def _attachments(told: Told) -> dict[int, dict[int, int]]:
    """For each pole and organisation attached to it the fewest rows whose loss detaches it."""
    found: dict[int, dict[int, int]] = {}
    for organisation, pole in told.joined[:, :2].tolist():
        rows = found.setdefault(pole, {})
        rows[organisation] = rows.get(organisation, 0) + 1
    partners: dict[int, Counter[int]] = {}
    for cooperation, partner in told.parts[:, :2].tolist():
        partners.setdefault(cooperation, Counter())[partner] += 1
    for rows_of in partners.values():
        for pole in rows_of if len(rows_of) == 2 else ():
            if told.is_pole[pole]:
                (organisation,) = rows_of.keys() - {pole}
                rows = found.setdefault(pole, {})
                # It is no cooperation of two once either partner is not named.
                rows[organisation] = rows.get(organisation, 0) + min(rows_of.values())
    return found


def _losses(told: Told, total: int, drop: float, samples: int, seed: int) -> Iterator[Ints]:
    """The rows lost in each sample, of those that matter: as if drawn among all."""
    draw = np.random.default_rng(seed)
    rows, lost = told.rows, round(drop * total)
    for _sample in range(samples):
        here = draw.hypergeometric(len(rows), total - len(rows), lost) if lost else 0
        yield np.sort(draw.choice(rows, here, replace=False)) if here else rows[:0]


def _samples(network: Network, drop: float, by: str, samples: int, seed: int) -> Iterator[Ints]:
    """The rows of the links table that stay in each sample, sorted."""
    draw = np.random.default_rng(seed)
    links = network.links.sort_index()
    rows = links.index.to_numpy(dtype=np.int64)
    sources = sorted(set(links["source"]))
    for _sample in range(samples):
        if by == LINKS:
            stays = np.ones(len(rows), dtype=bool)
            stays[draw.choice(len(rows), round(drop * len(rows)), replace=False)] = False
        else:
            kept = draw.random(len(sources)) >= drop
            if len(kept) and not kept.any():
                kept[draw.integers(len(kept))] = True
            names = [name for name, stay in zip(sources, kept, strict=True) if stay]
            stays = links["source"].isin(names).to_numpy(dtype=bool)
        yield rows[stays]


def _measured(study: Study, measures: Sequence[str]) -> DataFrame:
    """Values by identifier, sorted: ``name``, ``type`` and ``id``, then the measures only."""
    from ptce_graph.analysis.measures import measure_nodes

    frame = measure_nodes(study, measures)
    frame = frame[[c for c in frame.columns if c in ("id", "name", "type") or c in MEASURES]]
    return frame.set_index("id", drop=False).sort_index()


def _ranks(values: Series) -> Floats:
    """Average ranks, 1 for the highest (the lowest of Burt's constraint); NaN last."""
    from scipy.stats import rankdata

    numbers = np.asarray(values, dtype=np.float64)
    if not MEASURES[str(values.name)].lowest_first:
        numbers = -numbers
    return np.asarray(rankdata(np.where(np.isnan(numbers), np.inf, numbers)), dtype=np.float64)


def _rank_rows(whole: DataFrame, name: str, ranks: Floats, sampled: Floats) -> DataFrame:
    import pandas as pd

    low, high = (np.percentile(sampled, q, axis=0) for q in _INTERVAL)
    frame = pd.DataFrame(
        {
            "measure": name,
            "id": whole.index,
            "name": whole["name"].to_numpy(),
            "type": whole["type"].to_numpy(),
            "value": whole[name].to_numpy(dtype=np.float64),
            "rank": ranks,
            "rank_low": low,
            "rank_high": high,
            "top10": (sampled <= FIRST).mean(axis=0),
        }
    )
    return frame.sort_values(["rank", "id"])


def _order_row(name: str, ranks: Floats, sampled: Floats) -> tuple[str, float, float, float, float]:
    """How far the order of the whole holds over the samples."""
    taus = np.array([_kendall(ranks, sample) for sample in sampled])
    taus = taus[~np.isnan(taus)]
    low, high = np.percentile(taus, _INTERVAL) if len(taus) else (np.nan, np.nan)
    kept = np.mean([_kept(ranks, sample) for sample in sampled])
    return name, float(taus.mean()) if len(taus) else np.nan, float(low), float(high), float(kept)


def _kendall(one: Floats, other: Floats) -> float:
    """Kendall's tau-b; NaN where either holds one value only, or fewer than two nodes."""
    from scipy.stats import kendalltau

    if len(set(one.tolist())) < 2 or len(set(other.tolist())) < 2:
        return np.nan
    return float(kendalltau(one, other).statistic)


def _kept(whole: Floats, sample: Floats) -> float:
    first = whole <= FIRST
    return float((sample[first] <= FIRST).mean()) if first.any() else np.nan


def _check(drop: float, samples: int) -> None:
    if not 0 <= drop <= 1:
        raise CallError(
            _("{value} is no share of the links.").format(value=drop),
            _("Give a number from 0 to 1: 0.1 drops one link in ten."),
        )
    if samples < 1:
        raise CallError(
            _("{value} is no number of samples.").format(value=samples),
            _("Give 1 or more; 100 will do for a first look."),
        )
