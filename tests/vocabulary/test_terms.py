"""The gate on the generated constants: current, complete and true to the vocabularies."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import Graph, URIRef, namespace

from ptce_graph.vocabulary import terms

ROOT = Path(__file__).resolve().parents[2]
PTCE = "https://w3id.org/ptce/ontology#"

#: rdflib's own lists of terms, typed in from the specifications by others than us.
PUBLISHED = {
    "org": namespace.ORG,
    "skos": namespace.SKOS,
    "prov": namespace.PROV,
    "dcterms": namespace.DCTERMS,
    "time": namespace.TIME,
    "foaf": namespace.FOAF,
    "owl": namespace.OWL,
    "rdf": namespace.RDF,
    "rdfs": namespace.RDFS,
    "schema": namespace.SDO,
    "xsd": namespace.XSD,
    "qb": namespace.QB,
}

#: INSEE's vocabulary is not in rdflib: these are read off its definition, version 5.0.0.
IGEO = {"Commune", "Departement", "Region", "codeINSEE"}

#: Nor is W3C's Basic Geo vocabulary, whose whole list of properties this is.
GEO = {"lat", "long", "alt", "lat_long", "location"}

#: Read in the W3C note of the Data Quality Vocabulary (https://www.w3.org/TR/vocab-dqv/).
DQV = {"QualityMeasurement", "computedOn", "isMeasurementOf", "value"}

#: Read in the W3C note of ADMS (https://www.w3.org/TR/vocab-adms/).
ADMS = {"Identifier", "identifier", "schemaAgency"}

CONSTANTS = {
    name: value
    for name, value in vars(terms).items()
    if name.isupper() and name != "PREFIXES" and isinstance(value, str)
}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "generate_terms", ROOT / "tools" / "generate_terms.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def own_terms_of_the_ontology() -> set[str]:
    ontology = Graph().parse(ROOT / "ontology" / "ptce.ttl")
    subjects = set(ontology.subjects())
    subjects -= set(ontology.subjects(namespace.RDF.type, namespace.QB.ComponentSpecification))
    return {str(s) for s in subjects if isinstance(s, URIRef) and s.startswith(PTCE)}


def borrowed() -> list[tuple[str, str]]:
    """(prefix, local name) of every constant that is not ours."""
    found = []
    for name, value in CONSTANTS.items():
        prefix = name.split("_", 1)[0].lower()
        if prefix != "ptce":
            found.append((prefix, value.removeprefix(terms.PREFIXES[prefix])))
    return found


def test_the_file_is_what_the_tool_writes(tool: ModuleType) -> None:
    assert tool.main(["--check"]) == 0, "run: python tools/generate_terms.py"


def test_check_refuses_an_edited_file_and_says_what_to_run(
    tool: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    copy = tmp_path / "terms.py"
    copy.write_text(tool.TERMS.read_text(encoding="utf-8") + "EXTRA = 1\n", encoding="utf-8")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "TERMS", copy)
    assert tool.main(["--check"]) == 1
    assert "python tools/generate_terms.py" in capsys.readouterr().err
    copy.unlink()
    assert tool.main(["--check"]) == 1
    assert tool.main([]) == 0
    assert tool.main(["--check"]) == 0


def test_our_constants_are_the_terms_of_the_ontology_no_more_no_less() -> None:
    ours = {value for name, value in CONSTANTS.items() if name.startswith("PTCE_")}
    assert ours == own_terms_of_the_ontology()
    assert len(ours) >= 60


@pytest.mark.parametrize("prefix", sorted(PUBLISHED))
def test_prefix_is_the_published_namespace(prefix: str) -> None:
    assert terms.PREFIXES[prefix] == str(PUBLISHED[prefix]._NS)


@pytest.mark.parametrize(("prefix", "name"), borrowed())
def test_borrowed_term_exists_in_its_vocabulary(prefix: str, name: str) -> None:
    if prefix in {"igeo", "geo", "dqv", "adms"}:
        assert name in {"igeo": IGEO, "geo": GEO, "dqv": DQV, "adms": ADMS}[prefix]
    else:
        # Not getattr: some of these namespaces answer to any name.
        assert name in PUBLISHED[prefix].__annotations__


def test_every_prefix_is_used_and_every_constant_has_one() -> None:
    assert {name.split("_", 1)[0].lower() for name in CONSTANTS} == set(terms.PREFIXES)
    assert len(borrowed()) >= 50


def test_two_constants_never_share_an_iri() -> None:
    assert len(set(CONSTANTS.values())) == len(CONSTANTS)


@pytest.mark.parametrize(
    ("local_name", "constant"),
    [
        ("Network", "NETWORK"),
        ("memberDuring", "MEMBER_DURING"),
        ("codeINSEE", "CODE_INSEE"),
        ("gYearMonth", "G_YEAR_MONTH"),
        ("inXSDgYear", "IN_XSD_G_YEAR"),
        ("inXSDDate", "IN_XSD_DATE"),
        ("regionAsWritten", "REGION_AS_WRITTEN"),
        ("valueMax", "VALUE_MAX"),
    ],
)
def test_names_of_constants(tool: ModuleType, local_name: str, constant: str) -> None:
    assert tool.upper_snake(local_name) == constant


def test_a_class_and_a_property_of_one_name_are_told_apart(tool: ModuleType) -> None:
    assert tool.constant_names("org", ["Role", "role", "member"]) == {
        "Role": "ORG_ROLE_CLASS",
        "role": "ORG_ROLE_PROPERTY",
        "member": "ORG_MEMBER",
    }
    with pytest.raises(ValueError, match="share a constant"):
        tool.constant_names("org", ["inDate", "in_Date"])


def test_the_constants_need_no_rdf_library() -> None:
    source = (ROOT / "ptce_graph" / "vocabulary" / "terms.py").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(import|from)\s", source, re.MULTILINE)
