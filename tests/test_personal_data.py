"""No e-mail address, no telephone number, in any text of the project."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

import pytest

from ptce_graph.tables.cells import PERSONAL_PATTERN

ROOT = Path(__file__).parent.parent
TEXT = {
    ".py",
    ".csv",
    ".yml",
    ".ttl",
    ".rq",
    ".md",
    ".toml",
    ".po",
    ".jsonld",
    ".js",
    ".j2",
    ".css",
}
PLACES = ("ptce_graph", "ontology", "data", "tests", "tools", "docs")

#: What proves that the refusal works.
MEANT = {"01 02 03 04 05"}
#: Nobody's: domains that RFC 2606 keeps for examples, numbers that Arcep keeps for fiction
#: (decision 2018-0881). Tests of the refusal write these.
NOBODYS = re.compile(
    r".+@(?:.+\.)?example(?:\.org|\.com)?|0(?:19900|26191|35301|46571|53649|63998)[0-9]{4}"
)


def _texts():
    files = [p for place in PLACES for p in (ROOT / place).rglob("*") if p.suffix in TEXT]
    files += [p for p in ROOT.iterdir() if p.suffix in TEXT]
    assert len(files) > 100
    return files


@pytest.mark.parametrize(
    "text",
    [
        "06 12 34 56 78",
        "0612345678",
        "06\u00a012\u00a034\u00a056\u00a078",
        "06\u202f12\u202f34\u202f56\u202f78",
        "06/12/34/56/78",
        "06-12-34-56-78",
        "01.23.45.67.89",
        "+33 1 23 45 67 89",
        "+33612345678",
        "+33 (0)6 12 34 56 78",
        "+33(0) 6.12.34.56.78",
        "0033 6 12 34 56 78",
        "0033612345678",
        "Tél.0612345678",
        "a.b@c-d.fr",
        "rené@société.fr",
        "a@b.c.fr",
    ],
)
def test_the_pattern_sees_what_it_must(text):
    assert re.search(PERSONAL_PATTERN, text)


@pytest.mark.parametrize(
    "text",
    [
        "2007-03-15",
        "15/03/2007",
        "01/02/2003-04/05/2006",
        "01.02.2003 04.05.2006",
        "26106",
        "01000 02000",
        "84200.0",
        "48.0612345678",
        "812 345 678 00012",
        "81234567800012",
        "01234567800012",
        "012 345 678",
        "https://w3id.org/ptce/id/",
        "http://id.insee.fr/geo/commune/01004",
        "https://a.fr/@nom.b",
        "12|81-83",
        "1-2|10-20|100-200",
    ],
)
def test_the_pattern_leaves_the_rest(text):
    assert not re.search(PERSONAL_PATTERN, text)


def _is_nobodys(path, match):
    in_tests = (ROOT / "tests") in path.parents
    return in_tests and NOBODYS.fullmatch(re.sub(r"[ .-](?=[0-9])", "", match)) is not None


def test_no_personal_data_anywhere():
    found = []
    for path in _texts():
        if path.name == Path(__file__).name:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            found += [
                (path.name, match)
                for match in re.findall(PERSONAL_PATTERN, line)
                if match not in MEANT and not _is_nobodys(path, match)
            ]
    assert found == []


#: Two words of a name, as a person's first name and surname stand in a text.
_WORD = r"[A-ZÀ-Ý][\wÀ-ÿ'’]*(?:-[A-ZÀ-Ýa-zà-ÿ][\wÀ-ÿ'’]*)*"
_PAIR = re.compile(rf"(?=({_WORD} {_WORD}))")


def _digest(name):
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return hashlib.sha256(f"ptce-graph:{plain}".encode()).hexdigest()[:16]


def _persons():
    """Digests of the persons that the documents name: to refuse them without writing them."""
    return set((ROOT / "tests" / "persons.txt").read_text(encoding="utf-8").split())


def persons_in(text, persons):
    """The pairs of capitalised words whose digest is that of a person."""
    return [pair for pair in _PAIR.findall(text) if _digest(pair) in persons]


def test_no_person_of_the_documents_is_named_anywhere():
    persons = _persons()
    assert len(persons) > 30
    for path in _texts():
        assert persons_in(path.read_text(encoding="utf-8"), persons) == [], path.name


def test_no_person_is_named_in_what_is_published(bundled):
    persons = _persons()
    for text in (bundled.nquads, *map(str, bundled.links["note"])):
        assert persons_in(text, persons) == []


def test_a_name_put_in_is_seen():
    invented = {_digest("Zoé Quelqu-Une")}
    assert persons_in("Vu avec Mme Zoé Quelqu-Une, à Lille.", invented) == ["Zoé Quelqu-Une"]
    assert persons_in("Pôle Sud Archer, Groupe Archer", invented) == []
