"""The criteria of every pole that the documents describe, against the first reading's table.

Where the second reading differs, the passages decide, and the line says so.
"""

from __future__ import annotations

from tests.poles.judged import bundled_findings, values_of

CRITERIA = [*(f"inc-{n}" for n in (1, 2, 4, 5, 6, 7, 8)), "tes-1", "tes-2", "tes-4"]
#: No fact decides these: they need an assessment, or a number of jobs that no document gives.
UNDECIDED = ["note-inc-3", "esb-inc-4", "note-tes-3", "note-tes-5", "note-tes-6"]

TABLE = """
pole-sud-archer                     + + + . + + + + . +
pole-economie-solidaire-sud-essonne . - . + . . . . . .
artis-grenoble                      + . . . . + + + . .
cite-phares                         . . . . . + . + . .
mes-ramonville                      . . . . . + + + . .
lieu-mutualise-ess-nantes           . . + . . . + . . +
cise-lille                          . . + . . . + . + .
pole-ressources-roanne              . . . . . . + . . .
ptce-niortais                       + . . . . . + . . .
pole-parc-du-canal                  . . . . . . + . . .
entreprendre-en-cooperant-caux      . . . . . . + . . .
pole-sicoval                        . . . . . . + . . .
pole-ecosolies                      . . . . . . + . . .
initiatives-et-cite                 . . . . . . . + . .
prides-services-personne-paca       . . . . . . + + . .
pole-centre-isere                   . + + . . . + . . .
la-ruche-paris                      . . . . . + . + . .
"""
# ptce-niortais, inc-1: the notebook (C 265) tells the project as carried by the authority, with
# the SCIC and actors of the ESS: an ESS partner and an authority (second reading).
# la-ruche-paris, inc-7 and tes-1: the note (N 160) gives it as an example of hosting space, among
# poles that a study counted in 2009; nothing calls it a project (second reading).
# pole-centre-isere, inc-1: the article (A 3) tells ESS firms among its members without naming
# them, and the tables hold names only (first reading).
# pole-economie-solidaire-sud-essonne, tes-1: see test_three_poles (first reading).

NOT_EXCLUDED = {
    # Told as multi-function (N 161; C 279) or multi-sector (N 171; C 321-331).
    "pole-sud-archer",
    "pole-economie-solidaire-sud-essonne",
    "artis-grenoble",
    "cite-phares",
    "mes-ramonville",
    "lieu-mutualise-ess-nantes",
    "cise-lille",
    "entreprendre-en-cooperant-caux",
    "pole-lille-metropole",
}


def _expected():
    rows = (line.split() for line in TABLE.strip().splitlines())
    return {pole: dict(zip(CRITERIA, marks, strict=True)) for pole, *marks in rows}


def test_the_value_of_every_criterion_for_every_pole():
    found = bundled_findings()
    assert len(found.poles) == 37
    nothing = dict.fromkeys(CRITERIA, ".")
    expected = _expected()
    assert set(expected) <= set(found.poles)
    for pole in found.poles:
        told = values_of(found, pole)
        assert {one: told[f"note-{one}"] for one in CRITERIA} == expected.get(pole, nothing), pole
        assert {told[one] for one in UNDECIDED} == {"."}, pole


def test_no_pole_is_excluded_without_an_assessment():
    found = bundled_findings()
    for pole in found.poles:
        told = {v for c, v in values_of(found, pole).items() if "exc" in c}
        assert told == ({"o"} if pole in NOT_EXCLUDED else {"."}), pole


def test_absence_of_data_is_never_an_answer():
    """Every answer has a fact that decides it, with its passage; no other has one."""
    found = bundled_findings()
    for thing in (*found.poles, *found.organisations):
        for finding in found.of(thing):
            deciding = [one for one in finding.evidence if one.weight == "decides"]
            assert bool(deciding) == (finding.value != "not-documented"), finding
            assert all(one.document and one.lines and one.told_fr for one in deciding)
            assert bool(finding.lacking_fr) == (finding.value == "not-documented")


def test_planned_things_are_shown_and_decide_nothing():
    """The place of Niort is to come (C 265): it is shown as planned, with what says so."""
    weights = {
        (one.told_en, one.weight)
        for one in bundled_findings().one("ptce-niortais", "note-inc-7").evidence
    }
    assert ("PTCE Niortais: organised around premises (structure)", "planned") in weights
    assert ("PTCE Niortais: at project stage (stage)", "against") in weights


def test_a_working_group_is_no_partnership():
    """Tarnos shares a planned action with authorities (P), and only that."""
    found = bundled_findings()
    finding = found.one("pole-sud-aquitaine-tarnos", "note-inc-8")
    assert finding.value == "not-documented"
    assert {one.weight for one in finding.evidence} <= {"planned", "supports"}


def test_the_frame_has_a_row_per_pole_and_criterion():
    frame = bundled_findings().frame("fr")
    assert len(frame) == 37 * 20
    assert not frame.isna().any().any()
    one = frame[(frame["thing"] == "pole-sud-archer") & (frame["criterion"] == "note-inc-8")]
    assert one["label"].item() == "Au moins une collectivité locale partenaire"
    assert one["value"].item() == "met"
