"""The scorecard: up to date, whole, and able to say no."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import SH

from ptce_graph.publish.catalogue.dcat import catalogue
from ptce_graph.publish.catalogue.release_texts import citation_file, licence_text
from ptce_graph.publish.catalogue.released_file import ReleasedFile
from ptce_graph.publish.catalogue.void import void
from tests.conftest import TINY
from tests.publish.releasing import bundled_folder, conformance, release_of, tiny_folder

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import write_scorecard  # noqa: E402
from scorecard import CHECKLISTS  # noqa: E402
from scorecard.dcat_ap import WANTED  # noqa: E402
from scorecard.document import document  # noqa: E402
from scorecard.evidence import Evidence  # noqa: E402
from written_pages import write_or_check  # noqa: E402

#: How many lines each list has, as its authors publish it; of DCAT-AP, the five classes and the
#: 9 mandatory and 27 recommended properties that its shapes ask of them.
LINES = {
    "stars": 5,
    "fair": 15,
    "dwbp": 35,
    "foops": 15,
    "oops": 33,
    "dcat-ap": 5 + 9 + 27,
    "data-gouv": 9,
    "void": 16,
}
FILE = ReleasedFile("trig", "TriG: x", "data/dataset.trig", "application/trig", "", 12, "ab" * 32)


@pytest.fixture(scope="module")
def evidence():
    return write_scorecard.read(release_of(), bundled_folder())


def _states(told):
    """Every line by checklist and number (of equals, the name decides)."""
    found = {}
    for checklist in CHECKLISTS:
        for line in checklist.lines(told):
            found.setdefault(f"{checklist.id} {line.id}", {})[line.name] = line
    return found


def _met(told, line, name=None):
    """The state of one line: that called ``name``, or the first of its number."""
    list_, _space, number = line.partition(" ")
    (checklist,) = (one for one in CHECKLISTS if one.id == list_)
    lines = [one for one in checklist.lines(told) if one.id == number]
    return next(one.met for one in lines if name in (None, one.name))


def _other(told, release, files, project=None):
    """Evidence like ``told``; the statements are not read again where they are the same."""
    made = Evidence(release, files, project or told.project)
    if files.get("data/dataset.nq") == told.files["data/dataset.nq"]:
        made.__dict__["quads"] = told.quads
    return made


def _spoilt(told, drop=(), files=None):
    """The same release without the files ``drop``, and with ``files`` in place of its own."""
    kept = {path: content for path, content in told.files.items() if path not in drop}
    return _other(told, told.release, kept | (files or {}))


def _saying(told, **about):
    """A release of which ``dataset.yml`` says something else: its metadata files made anew."""
    release = replace(told.release, about=replace(told.about, **about))
    files = {
        "catalog.ttl": catalogue(release, [FILE]),
        "void.ttl": void(release, [FILE]),
        "LICENSE": licence_text(release.about),
        "CITATION.cff": citation_file(release.about),
    }
    made = {path: text.encode("utf-8") for path, text in files.items()}
    return _other(told, release, {**told.files, **made})


def test_the_file_is_up_to_date(evidence):
    told = (ROOT / "docs" / "scorecard.md").read_text(encoding="utf-8")
    assert told == document(evidence, CHECKLISTS), "run: python tools/write_scorecard.py"


def test_check_says_when_the_file_is_old(tmp_path, monkeypatch, capsys):
    pages = {tmp_path / "scorecard.md": "new\n"}
    monkeypatch.setattr(sys, "argv", ["tools/write_scorecard.py", "--check"])
    assert write_or_check(pages) == 1
    assert "run tools/write_scorecard.py" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["tools/write_scorecard.py"])
    assert write_or_check(pages) == 0
    monkeypatch.setattr(sys, "argv", ["tools/write_scorecard.py", "--check"])
    assert write_or_check(pages) == 0


def test_every_list_is_whole(evidence):
    found = {checklist.id: checklist.lines(evidence) for checklist in CHECKLISTS}
    assert {name: len(lines) for name, lines in found.items()} == LINES
    assert [line.id for line in found["dwbp"]] == [f"BP{number}" for number in range(1, 36)]
    assert " ".join(line.id for line in found["fair"]) == (
        "F1 F2 F3 F4 A1 A1.1 A1.2 A2 I1 I2 I3 R1 R1.1 R1.2 R1.3"
    )
    # OOPS! numbers 41 pitfalls and leaves these to a person.
    by_hand = {1, 9, 14, 15, 16, 17, 18, 23}
    assert [line.id for line in found["oops"]] == [
        f"P{number:02}" for number in range(1, 42) if number not in by_hand
    ]
    for lines in found.values():
        assert len({(line.id, line.name) for line in lines}) == len(lines)
        assert all(line.evidence for line in lines)


def test_the_counts_at_the_head_are_those_of_the_lines(evidence):
    text = document(evidence, CHECKLISTS)
    for checklist in CHECKLISTS:
        part = text.split(f'<a id="{checklist.id}"></a>')[1].split("<a id=")[0]
        numbers = [
            len(re.findall(rf"^\|[^|]*\|[^|]*\| {state} \|", part, re.MULTILINE))
            for state in ("met", r"\*\*not met\*\*", r"\*\*not checkable offline\*\*")
        ]
        row = f"](#{checklist.id}) | {sum(numbers)} | {' | '.join(map(str, numbers))} |"
        assert row in text
    assert "2026-11-22" in text.split("| checklist")[0]


def test_what_has_to_be_online_is_not_said_to_be_met(evidence):
    """Neither is the release published, nor w3id.org/ptce registered, nor a DOI asked for."""
    waiting = "stars ★,fair F1,fair F4,fair A1,fair A2,fair I2,dwbp BP9,dwbp BP10,dwbp BP19"
    waiting += ",dwbp BP23,dwbp BP29,oops P37"
    states = _states(evidence)
    for line in waiting.split(","):
        assert next(iter(states[line].values())).met is False, line
    assert next(iter(states["data-gouv 9"].values())).met is None


LICENCE = ["stars ★", "fair R1.1", "dwbp BP4", "data-gouv 3"]


def test_without_a_licence_the_lines_on_licences_fail(evidence, tmp_path):
    """The first star is not met anyway while nothing is online: it is tried as if it were."""
    (tmp_path / "CHANGELOG.md").write_text("## 0.1.0\n", encoding="utf-8")
    online = _other(evidence, evidence.release, evidence.files, tmp_path)
    before, after = _states(online), _states(_saying(online, licence=""))
    for line in LICENCE:
        assert next(iter(before[line].values())).met is not False, line
        assert next(iter(after[line].values())).met is False, line
    for line, name in (
        ("dcat-ap Catalogue", "dcterms:license, recommended"),
        ("dcat-ap Distribution", "dcterms:license, recommended"),
        ("void 2", "licence: dcterms:license"),
    ):
        assert before[line][name].met is True
        assert after[line][name].met is False


@pytest.mark.parametrize("line", ["fair R1.2", "dwbp BP5"])
def test_without_named_graphs_provenance_fails(evidence, line):
    assert _met(evidence, line) is True
    text = evidence.files["data/dataset.nq"].decode("utf-8")
    bare = re.sub(r" <[^>\s]+> \.$", " .", text, flags=re.MULTILINE).encode("utf-8")
    assert _met(_spoilt(evidence, files={"data/dataset.nq": bare}), line) is False


def test_one_fact_without_its_passage_is_enough(evidence):
    lines = evidence.files["data/dataset.nq"].decode("utf-8").splitlines(keepends=True)
    at = next(
        number
        for number, line in enumerate(lines)
        if "id/membership/" in line.split(" ")[0] and "#wasDerivedFrom>" in line
    )
    left = "".join(lines[:at] + lines[at + 1 :]).encode("utf-8")
    assert _met(_spoilt(evidence, files={"data/dataset.nq": left}), "fair R1.2") is False


def test_checksums_are_read(evidence):
    """Without the file, with a file that it does not know, and with one that was changed."""
    assert _met(evidence, "dwbp BP28") is True
    assert _met(_spoilt(evidence, drop=["SHA256SUMS"]), "dwbp BP28") is False
    assert _met(_spoilt(evidence, files={"new.txt": b"x"}), "dwbp BP28") is False
    assert _met(_spoilt(evidence, files={"README.md": b"x"}), "dwbp BP28") is False


def test_a_file_that_the_catalogue_names_has_to_be_there(evidence):
    lost = _spoilt(evidence, drop=["data/dataset.trig"])
    assert _met(evidence, "dwbp BP17") is True
    assert _met(lost, "dwbp BP17") is False
    assert _met(lost, "data-gouv 9") is False
    assert _met(lost, "fair I1") is False
    assert _met(lost, "void 3", "RDF dumps: void:dataDump") is False


@pytest.mark.parametrize(
    ("about", "line", "name"),
    [
        ({"frequency": ""}, "data-gouv 4", None),
        ({"frequency": ""}, "data-gouv 5", None),
        ({"start": "", "end": ""}, "data-gouv 7", None),
        ({"territories": ()}, "data-gouv 8", None),
        ({"description": {"fr": "court"}}, "data-gouv 1", None),
        ({"version": ""}, "dwbp BP7", None),
        ({"version": "9.9.9"}, "dwbp BP8", None),
        ({"contact_page": ""}, "fair F2", None),
        ({"publisher_type": ""}, "dcat-ap Agent", "dcterms:type, recommended"),
        ({"themes": ()}, "dcat-ap Dataset", "dcat:theme, recommended"),
        ({"contact_page": ""}, "dcat-ap Data service", "dcat:contactPoint, recommended"),
        ({"landing_page": ""}, "void 2", "homepage: foaf:homepage"),
    ],
)
def test_what_dataset_yml_does_not_say_is_not_met(evidence, about, line, name):
    assert _met(evidence, line, name) is True
    assert _met(_saying(evidence, **about), line, name) is False


def test_blank_nodes_and_local_dates_are_found(evidence):
    nquads = evidence.files["data/dataset.nq"]
    blank = nquads + b"_:b0 <https://example.org/p> <https://example.org/o> .\n"
    assert _met(_spoilt(evidence, files={"data/dataset.nq": blank}), "stars ★★★★") is False
    local = nquads + b'<https://w3id.org/ptce/id/x> <https://example.org/p> "31/12/2013" .\n'
    spoilt = _spoilt(evidence, files={"data/dataset.nq": local})
    assert _met(spoilt, "dwbp BP13") is False
    # One statement more than void.ttl tells.
    assert _met(spoilt, "void 4", "statistics") is False


def test_once_registered_and_released_the_web_has_to_be_asked(evidence, tmp_path):
    shutil.copytree(ROOT / "docs" / "w3id", tmp_path / "docs" / "w3id")
    rules = tmp_path / "docs" / "w3id" / ".htaccess"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("E=HOST:example.org", "E=HOST:data.example"), encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("## 0.1.0\n", encoding="utf-8")
    cited = evidence.files["CITATION.cff"] + b"doi: 10.5281/zenodo.0\n"
    files = {**evidence.files, "CITATION.cff": cited}
    online = _other(evidence, evidence.release, files, tmp_path)
    states = _states(online)
    for line in ("stars ★", "fair F1", "fair F4", "fair A1", "fair A2", "dwbp BP9", "oops P37"):
        assert next(iter(states[line].values())).met is None, line


def test_a_folder_that_says_little_meets_less():
    told = write_scorecard.read(release_of(TINY), tiny_folder())
    states = _states(told)
    for line in ("fair R1.1", "fair F2", "dwbp BP4", "data-gouv 3", "data-gouv 4"):
        assert next(iter(states[line].values())).met is False, line
    assert "no date" in document(told, CHECKLISTS)


def test_text_of_the_data_stays_text(evidence):
    nasty = "1.0 | <b>x</b>\n# `y`"
    text = document(_saying(evidence, version=nasty), CHECKLISTS)
    assert "<b>" not in text
    assert not re.search(r"^# `y`", text, re.MULTILINE)
    rows = [line for line in text.splitlines() if line.startswith("| BP")]
    assert len(rows) == 35
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)


def test_the_properties_of_dcat_ap_are_those_of_its_shapes():
    """Each property that a published shape asks for at least once, and no other."""
    for name, place in (("mandatory", 1), ("recommended", 2)):
        graph = Graph().parse(conformance("dcat-ap-3.0.1") / f"{name}.ttl")
        for kind, *ranks in WANTED.values():
            asked = set()
            for shape in graph.subjects(SH.targetClass, kind):
                for part in graph.objects(shape, SH.property):
                    if int(graph.value(part, SH.minCount, default=0)):
                        asked.add(graph.value(part, SH.path))
            told = set(ranks[place - 1])
            # Of a catalogue, either a dataset or a service is recommended (sh:or).
            extra = {p for p in told - asked if str(p).endswith("#dataset")}
            assert told - extra == asked, (name, kind)
