"""Agreement of partitions: published examples, tables worked by hand, scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ptce_graph.analysis.agreement import ari, nmi


def test_the_example_of_yeung_and_ruzzo():
    # Yeung, K. Y. and Ruzzo, W. L., Details of the adjusted Rand index and clustering
    # algorithms (supplement to An empirical study on principal component analysis for
    # clustering gene expression data, Bioinformatics 17, 2001), table 2: 0.313. Cells 1 1 0,
    # 1 2 1, 0 0 4. Pairs: in cells 1 + 6 = 7, in rows 1 + 6 + 6 = 13, in columns
    # 1 + 3 + 10 = 14, of 45: (7 - 13 * 14 / 45) / (13.5 - 13 * 14 / 45).
    one = [1, 1, 2, 2, 2, 2, 3, 3, 3, 3]
    other = [1, 2, 1, 2, 2, 3, 3, 3, 3, 3]
    expected = (7 - 182 / 45) / (13.5 - 182 / 45)
    assert ari(one, other) == pytest.approx(expected)
    assert ari(one, other) == pytest.approx(0.313, abs=0.0005)


def test_the_example_of_manning_raghavan_and_schuetze():
    # Introduction to information retrieval, 2008, figure 16.4 and table 16.2: NMI 0.36.
    clusters = [1] * 6 + [2] * 6 + [3] * 5
    classes = list("xxxxxo" + "xooood" + "xxddd")
    assert nmi(clusters, classes) == pytest.approx(0.36, abs=0.005)


#: Labels, and what scikit-learn 1.9.1 gives: normalized_mutual_info_score (arithmetic, its
#: default) and adjusted_rand_score. Computed outside this project, which does not need it.
SCIKIT_LEARN = {
    "yeung": (
        [1, 1, 2, 2, 2, 2, 3, 3, 3, 3],
        [1, 2, 1, 2, 2, 3, 3, 3, 3, 3],
        0.4558585649165829,
        0.3125734430082256,
    ),
    "unlike": (
        [(i * i + 3) % 7 for i in range(60)],
        [(i * 5 + i // 4) % 4 for i in range(60)],
        0.023238440823972546,
        -0.028642590286425903,
    ),
    "alike": (
        [i // 10 for i in range(60)],
        [(i + 3) // 12 for i in range(60)],
        0.7367795183945365,
        0.5775755651959228,
    ),
}


@pytest.mark.parametrize("name", SCIKIT_LEARN)
def test_values_are_those_of_scikit_learn(name):
    one, other, information, index = SCIKIT_LEARN[name]
    assert nmi(one, other) == pytest.approx(information)
    assert ari(one, other) == pytest.approx(index)


def test_one_group_split_in_two_by_hand():
    one, other = [0, 0, 1, 1], [0, 0, 1, 2]
    # H(one) = log 2, H(other) = log 2 / 2 + log 4 / 2 = 1.5 log 2, I = log 2: 2 / 2.5.
    assert nmi(one, other) == pytest.approx(0.8)
    # Pairs: together in both 1, in one 2, in other 1, of 6: (1 - 1/3) / (3/2 - 1/3) = 4/7.
    assert ari(one, other) == pytest.approx(4 / 7)


def test_groups_that_cross_have_nothing_in_common():
    one, other = [0, 0, 1, 1], [0, 1, 0, 1]
    assert nmi(one, other) == pytest.approx(0, abs=1e-12)
    # Pairs: none together in both; (0 - 2 * 2 / 6) / (2 - 2 * 2 / 6) = -1/2.
    assert ari(one, other) == -0.5


def test_all_together_tells_nothing_of_groups():
    assert nmi([0, 0, 0, 0], [0, 0, 1, 1]) == 0
    assert ari([0, 0, 0, 0], [0, 0, 1, 1]) == 0


def test_all_alone_against_two_groups():
    # I = log 2, H = log 4 and log 2: 2 / 3. No pair together in one of them: no agreement.
    assert nmi([0, 1, 2, 3], [0, 0, 1, 1]) == pytest.approx(2 / 3)
    assert ari([0, 1, 2, 3], [0, 0, 1, 1]) == 0


@pytest.mark.parametrize("seed", range(5))
def test_names_and_sides_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    one, other = rng.integers(0, 6, 200), rng.integers(0, 9, 200)
    names = np.array(["f", "a", "é", "c", "b", "z"])[one]
    for measure in (nmi, ari):
        assert measure(one, other) == measure(names, other) == measure(other, one)
        assert measure(one, names) == 1


def test_groups_drawn_at_random_agree_by_chance_alone():
    rng = np.random.default_rng(0)
    values = [ari(rng.integers(0, 5, 500), rng.integers(0, 5, 500)) for _ in range(50)]
    assert abs(np.mean(values)) < 0.002


def test_large_partitions_overflow_nothing():
    # 300,000 nodes make more than 2 ** 62 products of pairs. Two halves against four
    # quarters: pairs together 4 C(75000, 2), 2 C(150000, 2), of C(300000, 2).
    one, other = np.arange(300_000) // 150_000, np.arange(300_000) // 75_000
    first, second, pairs = (
        2 * math.comb(150_000, 2),
        4 * math.comb(75_000, 2),
        math.comb(300_000, 2),
    )
    chance = first / pairs * second
    assert ari(one, other) == pytest.approx((second - chance) / ((first + second) / 2 - chance))
    # H: log 2 and log 4, I = log 2.
    assert nmi(one, other) == pytest.approx(2 / 3)


@pytest.mark.parametrize("measure", [nmi, ari])
def test_undefined_is_nan(measure):
    assert math.isnan(measure([], []))
    assert math.isnan(measure(["a"], ["b"]))
    assert math.isnan(measure([0, 0, 0], [1, 1, 1]))


def test_all_alone_in_both():
    # No pair is together in either: nothing to agree on beyond chance. Still the same groups.
    assert math.isnan(ari([0, 1, 2], [5, 6, 7]))
    assert nmi([0, 1, 2], [5, 6, 7]) == 1


@pytest.mark.parametrize("measure", [nmi, ari])
def test_labels_of_different_numbers_are_refused(measure):
    with pytest.raises(ValueError, match="as many labels"):
        measure([0, 1], [0, 1, 2])
    with pytest.raises(ValueError, match="as many labels"):
        measure([[0, 1]], [[0, 1]])
