"""Points whose distances in the plane come nearest to the paths between the nodes.

Stress majorization (Gansner, Koren and North 2004) on all pairs. Small components
try some fixed random starts. Large ones start from a pivot drawing (Brandes and Pich
2007) and are worked through in blocks of rows, so that three thousand nodes need
neither minutes nor gigabytes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

#: Components up to this size try several random starts, or one; larger ones use pivots.
SEVERAL_STARTS, ONE_START = 120, 400
_PIVOTS = 60
#: Rows worked on at once: what they need stays in the cache of a processor.
_BLOCK = 128
#: A large drawing is finished when a round moves points by less than this share of its size.
_STILL, _MOST_ROUNDS = 4e-4, 60


def distances(links: Any, nodes: list[str]) -> Numbers:
    """Lengths of shortest paths, (n, n), over links that are longer between well known ends.

    ``links`` is a simple networkx graph with ``weight`` on its links, in which ``nodes``
    are one connected component.
    """
    index = {node: i for i, node in enumerate(nodes)}
    around = {node: set(links[node]) for node in nodes}
    lengths = {}
    for u, v, weight in links.edges(nodes, data="weight"):
        length = math.sqrt(len(around[u] ^ around[v])) / min(max(weight, 0.25), 4.0) ** 0.25
        lengths[index[u], index[v]] = max(length, 1.0)
    return path_lengths(len(nodes), lengths)


def path_lengths(n: int, lengths: dict[tuple[int, int], float]) -> Numbers:
    """Lengths of shortest paths, (n, n), in a connected graph of links with ``lengths``."""
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import shortest_path

    pairs = sorted(lengths)
    ends = np.array(pairs)
    matrix = csr_array(
        (np.array([lengths[pair] for pair in pairs]), (ends[:, 0], ends[:, 1])), shape=(n, n)
    )
    found: Numbers = shortest_path(matrix, method="D", directed=False)
    # A path and its way back are summed in another order: make them one number.
    for low in range(0, n, _BLOCK):
        rest = np.minimum(found[low : low + _BLOCK, low:], found[low:, low : low + _BLOCK].T)
        found[low : low + _BLOCK, low:], found[low:, low : low + _BLOCK] = rest, rest.T
    return found


def stress_points(apart: Numbers) -> Numbers:
    """The points, (n, 2), for an (n, n) matrix of distances between different nodes.

    Rounded to a millionth of the largest distance: what the threads of the machine do to
    the last bits of a product of matrices is gone.
    """
    import numpy as np

    best = _small(apart) if len(apart) <= ONE_START else _large(apart)
    grid = float(apart.max()) * 2.0**-20
    rounded: Numbers = np.rint(best / grid) * grid
    return rounded


def _small(apart: Numbers) -> Numbers:
    """The best of some random starts, always the same ones."""
    import numpy as np

    n = len(apart)
    weights = (apart + np.eye(n)) ** -2.0 - np.eye(n)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    starts, rounds = (4, 150) if n <= SEVERAL_STARTS else (1, 90)
    best, lowest = np.zeros((n, 2)), math.inf
    for seed in range(starts):
        points = np.random.default_rng(seed).normal(size=(n, 2)) * apart.max() / 2
        for _ in range(rounds):
            pulls = -weights * apart / np.maximum(_lengths(points, points), 1e-9)
            np.fill_diagonal(pulls, 0.0)
            np.fill_diagonal(pulls, -pulls.sum(axis=1))
            points = inverse @ (pulls @ points)
        stress = float(np.sum(weights * (_lengths(points, points) - apart) ** 2))
        # A start must win clearly, so that rounding never decides between two.
        if stress < lowest * 0.999:
            best, lowest = points, stress
    return best


def _large(apart: Numbers) -> Numbers:
    """One start from pivots, then rounds on blocks of rows until nothing moves much."""
    import numpy as np
    from scipy.linalg import cho_factor, cho_solve

    n = len(apart)
    points = _pivot_start(apart)
    system = np.empty((n, n))
    for low in range(0, n, _BLOCK):
        rows = slice(low, min(low + _BLOCK, n))
        system[rows] = -(np.maximum(apart[rows], 1e-9) ** -2.0)
        own = np.arange(rows.start, rows.stop)
        system[own, own] = 0.0
        system[own, own] = -system[rows].sum(axis=1)
    # The first point stays where it is: the system of the others has one solution.
    factor = cho_factor(system[1:, 1:], overwrite_a=True, check_finite=False)
    del system
    for _ in range(_MOST_ROUNDS):
        moved = np.zeros_like(points)
        wanted = _pulled(apart, points)
        moved[1:] = cho_solve(factor, wanted[1:], check_finite=False)
        moved -= moved.mean(axis=0)
        step = float(np.abs(moved - points).max())
        points = moved
        if step < _STILL * float(np.ptp(points, axis=0).max()):
            break
    return points


def _pulled(apart: Numbers, points: Numbers) -> Numbers:
    """The right side of a round of majorization, (n, 2)."""
    import numpy as np

    wanted = np.empty_like(points)
    for low in range(0, len(points), _BLOCK):
        rows = slice(low, min(low + _BLOCK, len(points)))
        own = np.arange(rows.start, rows.stop)
        pulls = apart[rows] * np.maximum(_lengths(points[rows], points), 1e-9)
        pulls[own - low, own] = 1.0
        np.divide(1.0, pulls, out=pulls)
        pulls[own - low, own] = 0.0
        wanted[rows] = pulls.sum(axis=1)[:, None] * points[rows] - pulls @ points
    return wanted


def _pivot_start(apart: Numbers) -> Numbers:
    """Pivot multidimensional scaling, (n, 2), on nodes that are far from each other."""
    import numpy as np

    n = len(apart)
    nearest = apart[0].copy()
    chosen = [int(nearest.argmax())]
    nearest = apart[chosen[0]].copy()
    while len(chosen) < min(_PIVOTS, n):
        chosen.append(int(nearest.argmax()))
        np.minimum(nearest, apart[chosen[-1]], out=nearest)
    squares = apart[:, chosen] ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    _values, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, [-1, -2]]
    # An axis may point either way: its largest part is made positive.
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    points = centred @ axes
    points *= float(apart.max()) / max(float(np.ptp(points, axis=0).max()), 1e-9)
    # Members of one network only fall on one spot, where no round would part them.
    breath: Numbers = points + np.random.default_rng(0).normal(size=points.shape)
    return breath


def _lengths(points: Numbers, others: Numbers) -> Numbers:
    import numpy as np

    across = points[:, None, 0] - others[None, :, 0]
    down = points[:, None, 1] - others[None, :, 1]
    across *= across
    down *= down
    across += down
    lengths: Numbers = np.sqrt(across, out=across)
    return lengths
