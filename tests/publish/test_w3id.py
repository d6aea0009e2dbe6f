"""The redirections of docs/w3id/.htaccess, followed by a reading of the rules in Python.

Only what the file uses of mod_rewrite is understood: ``RewriteCond`` on two
request headers (with ``!`` and ``[NC]``), joined by and, ``RewriteRule`` with
one environment variable, and the flags ``R=303`` and ``L``. Anything else in
the file is an error.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "w3id"
HOST = "https://example.org/ptce"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TURTLE = "text/turtle"
JSONLD = "application/ld+json"
RDFXML = "application/rdf+xml"
IGNORED = ("Options ", "RewriteEngine ", "AddType ")


def redirected(path: str, accept: str = "", language: str = "") -> str:
    """Where ``path`` (below ``/ptce/``) leads with these headers; empty for a 404."""
    headers = {"HTTP_ACCEPT": accept, "HTTP:Accept-Language": language}
    conditions: list[bool] = []
    variables: dict[str, str] = {}
    for line in (FOLDER / ".htaccess").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith(("#", *IGNORED)):
            continue
        condition = re.fullmatch(r"RewriteCond %\{(\S+)\} (!?)(\S+)(?: \[(NC)\])?", line)
        if condition:
            name, negated, pattern, flag = condition.groups()
            found = re.search(pattern, headers[name], re.IGNORECASE if flag else 0)
            conditions.append(bool(found) != bool(negated))
            continue
        rule = re.fullmatch(r"RewriteRule (\S+) (\S+) \[(\S+)\]", line)
        assert rule, line
        pattern, target, flags = rule.groups()
        match, met, conditions = re.search(pattern, path), all(conditions), []
        if not match or not met:
            continue
        if target == "-":
            name, _colon, value = flags.removeprefix("E=").partition(":")
            variables[name] = value
            continue
        assert flags == "R=303,L"
        for name, value in variables.items():
            target = target.replace(f"%{{ENV:{name}}}", value)
        return re.sub(r"\$(\d)", lambda found, m=match: m[int(found[1])] or "", target)
    return ""


@pytest.mark.parametrize(
    ("path", "accept", "language", "target"),
    [
        ("ontology", BROWSER, "fr-FR,fr;q=0.9,en;q=0.8", "/ontology.html"),
        ("ontology", BROWSER, "en-GB,en;q=0.9", "/en/ontology.html"),
        ("ontology", "", "", "/ontology.html"),
        ("ontology", TURTLE, "", "/ontology.ttl"),
        ("ontology/", TURTLE, "", "/ontology.ttl"),
        ("ontology", JSONLD, "", "/ontology.jsonld"),
        ("ontology", RDFXML, "en", "/ontology.rdf"),
        # What rdflib, Jena and Protégé send: several types at once.
        ("ontology", "text/turtle, application/rdf+xml;q=0.9, */*;q=0.1", "", "/ontology.ttl"),
        ("ontology/1.0.0", BROWSER, "fr", "/ontology/1.0.0/ontology.html"),
        ("ontology/1.0.0", TURTLE, "", "/ontology/1.0.0/ontology.ttl"),
        ("ontology/1.0.0", "*/*", "", "/ontology/1.0.0/ontology.ttl"),
        ("alignments", TURTLE, "", "/alignments.ttl"),
        ("alignments/1.1.0", "*/*", "", "/alignments.ttl"),
        ("shapes", "*/*", "", "/shapes.ttl"),
        ("context", JSONLD, "", "/context.jsonld"),
        ("context.jsonld", "*/*", "", "/context.jsonld"),
        ("id/pole/pole-sud-archer", BROWSER, "fr", "/id/pole/pole-sud-archer.html"),
        ("id/pole/pole-sud-archer", BROWSER, "en-US", "/en/id/pole/pole-sud-archer.html"),
        ("id/pole/pole-sud-archer", TURTLE, "en", "/id/pole/pole-sud-archer.ttl"),
        ("id/pole/pole-sud-archer", JSONLD, "", "/id/pole/pole-sud-archer.jsonld"),
        ("id/pole/pole-sud-archer", "application/n-triples", "", "/id/pole/pole-sud-archer.nt"),
        ("id/pole/pole-sud-archer", RDFXML, "", "/id/pole/pole-sud-archer.ttl"),
        # An identifier may hold dots, as those of passages do.
        ("id/passage/note.l1-2.4", TURTLE, "", "/id/passage/note.l1-2.4.ttl"),
        ("code/legal-forms/scic", TURTLE, "", "/code/legal-forms/scic.ttl"),
        ("code/legal-forms", BROWSER, "fr", "/code/legal-forms.html"),
        ("", BROWSER, "fr", "/index.html"),
    ],
)
def test_an_address_leads_to_its_document(path, accept, language, target) -> None:
    assert redirected(path, accept, language) == HOST + target


@pytest.mark.parametrize("path", ["nothing", "ontology/1", "identity", "codes/x", "id/a b"])
def test_other_addresses_lead_nowhere(path) -> None:
    assert redirected(path, BROWSER) == ""


def test_every_iri_of_the_data_leads_to_a_document(bundled) -> None:
    base = "https://w3id.org/ptce/"
    iris = set(re.findall(rf"<{base}((?:id|code)/[^>]*)>", bundled.nquads))
    assert len(iris) > 2000
    for iri in iris:
        assert redirected(iri, TURTLE) == f"{HOST}/{iri}.ttl"


def test_the_host_stands_once() -> None:
    text = (FOLDER / ".htaccess").read_text(encoding="utf-8")
    assert text.count("example.org/ptce") == 1
    assert "example.org/ptce" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_all_redirections_are_see_other() -> None:
    text = (FOLDER / ".htaccess").read_text(encoding="utf-8")
    rules = [line for line in text.splitlines() if line.startswith("RewriteRule")]
    assert len(rules) >= 15
    assert all(line.endswith(("[R=303,L]", "[E=HOST:example.org/ptce]")) for line in rules)
