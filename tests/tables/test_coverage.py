"""The coverage report of the tiny project, counted by hand."""

from __future__ import annotations


def test_counts_by_document_and_kind(tiny):
    counts = tiny.coverage("counts")
    assert counts.loc["livret", ["organisations", "poles", "memberships"]].tolist() == [6, 3, 6]
    assert counts.loc["annuaire", ["organisations", "poles", "memberships"]].tolist() == [1, 1, 1]
    assert counts.loc["total", "figures"] == 4
    # 6 + 3 + 6 + 2 + 5 + 1 + 2 + 3 + 2 + 1 + 2 + 1, and 1 + 1 + 1 + 1 + 1.
    assert counts["total"].to_dict() == {"annuaire": 5, "livret": 34, "total": 39}


def test_two_documents_that_count_differently(tiny):
    frame = tiny.coverage("disagreements")
    told = frame[["thing", "what", "value", "document"]].values.tolist()
    assert told == [
        ["pole-nord", "figure: emplois", "120", "annuaire"],
        ["pole-nord", "figure: emplois", "130", "livret"],
    ]


def test_what_could_not_be_read(tiny):
    assert tiny.coverage("illegible")["id"].tolist() == ["cad-a-1"]


def test_what_no_document_says(tiny):
    frame = tiny.coverage("undocumented").set_index("what")
    # Réseau Bêta and Organisation Trois have no legal form; Pôle Sud-Est and Isolé no carrier.
    assert frame.loc["organisation without a legal form"].tolist() == [2, 6]
    assert frame.loc["pole without a carrier"].tolist() == [2, 3]
    assert frame.loc["pole without a date of creation or start"].tolist() == [2, 3]


def test_the_bundled_documents_gave_facts_each(bundled):
    counts = bundled.coverage("counts")
    assert (counts["total"] > 0).all()
    assert counts.loc["total", "total"] == counts["total"].drop("total").sum()
