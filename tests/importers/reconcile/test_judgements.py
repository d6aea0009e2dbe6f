"""Judgements: what follows from them, what they forbid, how they are kept."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptce_graph.errors import CallError
from ptce_graph.importers.reconcile import store
from ptce_graph.importers.reconcile.judgements import (
    ContradictionError,
    Judgement,
    Judgements,
)


def judged(*told):
    made = Judgements()
    for left, judgement, right in told:
        made.add(Judgement(left, right, judgement, "why"))
    return made


def test_same_is_transitive():
    made = judged(("a", "same", "b"), ("b", "same", "c"))
    assert made.settled("a", "c") == "same"
    assert made.add(Judgement("a", "c", "same")) is None


def test_different_holds_between_all_that_are_the_same():
    made = judged(("a", "same", "b"), ("c", "same", "d"), ("b", "different", "c"))
    assert made.settled("a", "d") == "different"
    assert made.settled("a", "e") == ""


def test_unsure_is_judged_unless_it_is_asked_for_again():
    made = judged(("a", "unsure", "b"), ("b", "same", "c"))
    assert made.settled("a", "c") == "unsure"
    assert made.settled("a", "c", but_unsure=True) == ""


def test_a_contradiction_is_refused_with_its_chain():
    made = judged(("a", "same", "b"), ("b", "same", "c"))
    with pytest.raises(ContradictionError) as refused:
        made.add(Judgement("a", "c", "different"))
    assert [row.pair for row in refused.value.chain] == [{"a", "b"}, {"b", "c"}]
    made = judged(("a", "same", "b"), ("b", "different", "c"), ("c", "same", "d"))
    with pytest.raises(ContradictionError) as refused:
        made.add(Judgement("a", "d", "same"))
    assert [str(row) for row in refused.value.chain] == ["a = b", "b ≠ c", "c = d"]
    with pytest.raises(ContradictionError):
        made.add(Judgement("a", "d", "unsure"))
    assert len(made.rows) == 3


def test_what_was_unsure_can_be_settled():
    made = judged(("a", "unsure", "b"), ("b", "same", "a"))
    assert [(row.left, row.judgement, row.right) for row in made.rows] == [("b", "same", "a")]


def test_exactly_one_of_a_class_never_stands_on_the_right():
    made = judged(("a", "same", "b"), ("c", "same", "d"), ("b", "same", "d"))
    assert made.rows[-1].right == "c"
    assert "b and d" in made.rows[-1].reason or "b et d" in made.rows[-1].reason
    assert made.kept("d") == "a"


def test_a_thing_is_not_compared_with_itself():
    with pytest.raises(CallError):
        judged(("a", "same", "a"))


_THINGS = st.sampled_from("abcdefg")
_TOLD = st.lists(
    st.tuples(_THINGS, st.sampled_from(["same", "different", "unsure"]), _THINGS), max_size=25
)


@given(_TOLD)
def test_whatever_is_judged_stays_consistent(told):
    """Beside a closure worked out naively over all things."""
    made = Judgements()
    for left, judgement, right in told:
        before = list(made.rows)
        try:
            made.add(Judgement(left, right, judgement, "why"))
        except CallError:
            assert made.rows == before
    group = {thing: {thing} for thing in "abcdefg"}
    for row in made.rows:
        if row.judgement == "same":
            merged = group[row.left] | group[row.right]
            group.update(dict.fromkeys(merged, merged))
    for one, other in itertools.combinations("abcdefg", 2):
        assert (made.settled(one, other) == "same") == (other in group[one])
    right = [row.right for row in made.rows if row.judgement == "same"]
    for members in group.values():
        assert len([member for member in members if member not in right]) == 1
    for row in made.rows:
        if row.judgement == "different":
            assert row.right not in group[row.left]


def test_rows_are_added_and_taken_back(tmp_path):
    path = tmp_path / "identities.csv"
    path.write_text('left,right,judgement,reason\nx,y,same,"a, b"\n', encoding="utf-8")
    before = path.read_bytes()
    new = store.judge(tmp_path, [Judgement("a", "b", "same", "Même nom ; 'x'")])
    assert [row.left for row in new] == ["a"]
    assert path.read_bytes() == before + "a,b,same,Même nom ; 'x'\n".encode()
    assert store.judge(tmp_path, [Judgement("b", "a", "same")]) == []
    store.undo(tmp_path, "b", "a")
    assert path.read_bytes() == before


def test_all_or_none_is_written(tmp_path):
    wanted = [Judgement("a", "b", "same", "r"), Judgement("a", "b", "different", "r")]
    with pytest.raises(ContradictionError):
        store.judge(tmp_path, wanted)
    assert not (tmp_path / "identities.csv").exists()


def test_undo_tells_what_makes_the_two_the_same(tmp_path):
    store.judge(tmp_path, [Judgement("a", "b", "same", "r"), Judgement("b", "c", "same", "r")])
    with pytest.raises(CallError) as refused:
        store.undo(tmp_path, "a", "c")
    assert "a = b (identities.csv:2), b = c (identities.csv:3)" in refused.value.hint
    with pytest.raises(CallError, match="no judgement"):
        store.undo(tmp_path, "y", "z")
