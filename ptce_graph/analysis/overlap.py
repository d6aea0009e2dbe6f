"""How much groups share their members, and whether it is more than chance would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ptce_graph.analysis.two_mode import distinct_memberships

if TYPE_CHECKING:
    from pandas import DataFrame
    from scipy.sparse import csr_array

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

#: Up to so many groups every pair has its row; beyond, only the pairs that share a member.
ALL_PAIRS_UP_TO = 60
#: Rounds of trades from one network of the chain to the next.
ROUNDS = 3
#: How far from its own size (in units of log 2) a row's partner in a trade is looked for.
SIZE_SPREAD = 1.0
#: Bits of randomness needed to shuffle fairly; fewer would favour some columns.
FEWEST_RANDOM_BITS = 24


def overlaps(
    members: int,
    groups: int,
    member: Any,
    group: Any,
    samples: int = 999,
    seed: int = 0,
    only: Any = None,
    progress: Callable[[int, int], None] | None = None,
) -> DataFrame:
    """One row per pair of groups: the members they share, against what chance would give.

    ``member`` and ``group`` are positions, one of each per membership;
    repeated memberships count once. ``only`` keeps the memberships of those
    groups and forgets the others, in the null model too. Every pair has a row
    when there are at most 60 groups (of ``only`` if given); beyond, only the
    pairs that share a member, so that ``p_fewer`` then says nothing of groups
    kept wholly apart. ``progress`` is called with the samples drawn and their
    total. Rows are sorted by ``a``, then ``b``. Columns:

    - ``a``, ``b``: the positions of the two groups, a < b;
    - ``size_a``, ``size_b``: their numbers of members;
    - ``shared``: members in both; ``union``: members in either;
    - ``jaccard``: shared / union, 0 (apart) to 1 (identical); NaN without any
      member (Jaccard, P., Étude comparative de la distribution florale, 1901);
    - ``overlap``: shared / the smaller size, 0 to 1 (the smaller lies wholly in
      the other); NaN when either is empty (Szymkiewicz, D., Une contribution
      statistique à la géographie floristique, 1934; Simpson, G. G., Mammals and
      the nature of continents, 1943);
    - ``expected``: the mean number shared in the null model;
    - ``lift``: shared / expected; above 1, more than chance; NaN when expected is 0;
    - ``p_more``, ``p_fewer``: the share of null networks with at least (at most)
      as many shared, the observed one counted among them: (1 + count) /
      (1 + samples), so never below 1 / (1 + samples) (Davison, A. C. & Hinkley,
      D. V., Bootstrap Methods and their Application, 1997; North, B. V. et al.,
      A note on the calculation of empirical P values, 2002). One-sided, and not
      corrected for the number of pairs looked at.

    The null model keeps the number of members of each group and of groups of
    each member and makes all such networks as likely (see ``null_memberships``).

    Raises ``ValueError`` for fewer than one sample or a position out of range.
    """
    import pandas as pd

    if samples < 1:
        raise ValueError("overlaps needs at least one sample")
    member, group = distinct_memberships(members, groups, member, group)
    looked_at = np.arange(groups) if only is None else np.unique(np.asarray(only, dtype=np.int64))
    if len(looked_at) and (looked_at[0] < 0 or looked_at[-1] >= groups):
        raise ValueError("only holds a position out of range")
    here = np.isin(group, looked_at)
    present, member = np.unique(member[here], return_inverse=True)
    group = np.searchsorted(looked_at, group[here])
    size = (len(present), len(looked_at))

    observed = shared_members(*size, member, group)
    a, b = _pairs(observed)
    shared = _at(observed, a, b)
    total, more, fewer = (np.zeros(len(a), dtype=np.int64) for _ in range(3))
    if len(a):
        drawn = null_memberships(*size, member, group, samples, seed)
        for done, (null_member, null_group) in enumerate(drawn, start=1):
            null = _at(shared_members(*size, null_member, null_group), a, b)
            total += null
            more += null >= shared
            fewer += null <= shared
            if progress is not None:
                progress(done, samples)

    sizes = np.bincount(group, minlength=len(looked_at))
    union = sizes[a] + sizes[b] - shared
    expected = total / samples
    return pd.DataFrame(
        {
            "a": looked_at[a],
            "b": looked_at[b],
            "size_a": sizes[a],
            "size_b": sizes[b],
            "shared": shared,
            "union": union,
            "jaccard": _ratio(shared, union),
            "overlap": _ratio(shared, np.minimum(sizes[a], sizes[b])),
            "expected": expected,
            "lift": _ratio(shared, expected),
            "p_more": (1 + more) / (1 + samples),
            "p_fewer": (1 + fewer) / (1 + samples),
        }
    )


def shared_members(members: int, groups: int, member: Any, group: Any) -> csr_array:
    """The (groups, groups) matrix of the numbers of members that two groups share.

    Symmetric, sorted indices; the diagonal holds the sizes of the groups.
    Memberships must be different (see ``distinct_memberships``). Breiger,
    R. L., The duality of persons and groups, 1974.
    """
    from scipy.sparse import csr_array

    ones = np.ones(len(member), dtype=np.int32)
    incidence = csr_array((ones, (group, member)), shape=(groups, members))
    matrix = csr_array(incidence @ incidence.T)
    matrix.sort_indices()
    return matrix


def null_memberships(
    members: int, groups: int, member: Ints, group: Ints, samples: int, seed: int = 0
) -> Iterator[tuple[Ints, Ints]]:
    """Random two-mode networks with the same sizes of groups and memberships of members.

    Yields ``samples`` pairs of arrays (member, group), each as long as those
    given, which must be different memberships. Uniform over all such networks
    (the fixed degree sequence model), by curveball trades: two rows put in
    common what only one of them has, and share it out again at random, each
    as many as before (Strona, G. et al., A fast and unbiased procedure to
    randomize ecological binary matrices with fixed row and column totals,
    2014; uniform: Carstens, C. J., Proof of uniform sampling of binary matrices
    with fixed row sums and column sums for the fast curveball algorithm, 2015).

    A round pairs all groups and trades, then all members and trades (global
    trades: Carstens, C. J. et al., Parallel and I/O-efficient randomisation of
    massive networks using global curveball trades, 2018). Partners are drawn
    at random, of alike size more often: sizes never change, so a round and its
    reverse stay equally likely, and the draw uniform; large groups, few among
    many small ones, would else hardly ever trade with each other.

    The networks are those of one chain, three rounds apart, in which the
    observed one stands at a random place: some are drawn backwards from it,
    the others forwards. Its rank among them is then as uniform as that of any,
    so the p-values of ``overlaps`` need no burn-in and hold even where rounds
    mix slowly: they can only be too prudent (Besag, J. & Clifford, P.,
    Generalized Monte Carlo significance tests, 1989, serial method).

    Raises ``ValueError`` beyond about 2**38 cells (members times groups).
    """
    generator = np.random.default_rng(seed)
    by_group = _log_sizes(group, groups)
    by_member = _log_sizes(member, members)

    def trade_groups(member: Ints, group: Ints) -> tuple[Ints, Ints]:
        return _trade(group, member, by_group, members, generator)[::-1]

    def trade_members(member: Ints, group: Ints) -> tuple[Ints, Ints]:
        return _trade(member, group, by_member, groups, generator)

    before = int(generator.integers(0, samples + 1))
    forwards = (trade_groups, trade_members)
    for count, steps in ((before, forwards[::-1]), (samples - before, forwards)):
        drawn = (member, group)
        for _ in range(count):
            for step in steps * ROUNDS:
                drawn = step(*drawn)
            yield drawn


def _trade(
    row: Ints, column: Ints, log_size: Floats, columns: int, generator: np.random.Generator
) -> tuple[Ints, Ints]:
    """Pair all rows at random; each pair shares out again what only one of the two has.

    A whole round is two sorts of numbers that hold, from the highest bits: the
    pair, then the column (first sort, where equals are what both rows have) or
    a random number (second sort, a shuffle within each pair).
    """
    rows = len(log_size)
    order = np.argsort(log_size + SIZE_SPREAD * generator.standard_normal(rows))
    slot_of = np.empty(rows, dtype=np.int64)
    slot_of[order] = np.arange(rows)
    bits = max(columns - 1, 1).bit_length()
    random_bits = 62 - bits - max(rows // 2, 1).bit_length()
    if random_bits < FEWEST_RANDOM_BITS:
        raise ValueError("too many members and groups to draw null networks")

    slot = slot_of[row]
    packed = ((slot >> 1) << (bits + 1)) | (column << 1) | (slot & 1)
    packed.sort()
    same = (packed[1:] >> 1) == (packed[:-1] >> 1)
    both = np.zeros(len(packed), dtype=bool)
    both[1:] |= same
    both[:-1] |= same
    kept, free = packed[both], packed[~both]

    quotas = np.bincount(_slot(free, bits), minlength=rows)
    chance = generator.integers(0, 1 << random_bits, size=len(free), dtype=np.int64)
    mask = (1 << bits) - 1
    dealt = ((free >> (bits + 1)) << (random_bits + bits)) | (chance << bits) | ((free >> 1) & mask)
    dealt.sort()
    new_slot = np.concatenate([_slot(kept, bits), np.repeat(np.arange(rows), quotas)])
    return order[new_slot], np.concatenate([(kept >> 1) & mask, dealt & mask])


def _slot(packed: Ints, bits: int) -> Ints:
    return ((packed >> (bits + 1)) << 1) | (packed & 1)


def _log_sizes(row: Ints, rows: int) -> Floats:
    log_size: Floats = np.log2(1.0 + np.bincount(row, minlength=rows))
    return log_size


def _pairs(observed: csr_array) -> tuple[Ints, Ints]:
    """The pairs of groups told: all of a few, else those that share a member."""
    from scipy.sparse import triu

    groups = observed.shape[0]
    if groups <= ALL_PAIRS_UP_TO:
        one, other = np.triu_indices(groups, k=1)
    else:
        one, other = triu(observed, k=1, format="csr").nonzero()
    return one.astype(np.int64), other.astype(np.int64)


def _at(matrix: csr_array, a: Ints, b: Ints) -> Ints:
    """The cells (a, b) of a matrix."""
    if not len(a):
        return np.zeros(0, dtype=np.int64)
    return np.asarray(matrix[a, b]).ravel().astype(np.int64)


def _ratio(part: NDArray[Any], whole: NDArray[Any]) -> Floats:
    """Part over whole, NaN where whole is 0."""
    result: Floats = np.full(len(part), np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result
