"""The mapping file: the guess written, corrected, read; what is wrong in it told with its line."""

from __future__ import annotations

import pytest

import ptce_graph
from ptce_graph.errors import CallError
from ptce_graph.importers.mapping import Column, Mapping, mapping_text, read_mapping

MAPPING = Mapping(
    sheet="Feuille 1: « x »",
    header=3,
    network='Réseau "A"',
    role="adherent",
    kinds={"amitié": "soutien"},
    columns=(
        Column("Nom: de #1", "name"),
        Column("oui", "member-of", network="Réseau : B"),
        Column("é\u202e\n", "network", separator=";\n"),
        Column("SIAE ?", "accredited", accreditation="siae"),
        Column("Tél.", "left-out"),
    ),
)


def test_a_mapping_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "mapping.yml"
    path.write_text(mapping_text(MAPPING), "utf-8")
    assert read_mapping(path) == MAPPING


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("columns: {Nom: nam}", 'mapping.yml:1, column "Nom": « nam » is none of: name'),
        ("colums: {Nom: name}", "Nearest valid value: columns"),
        ("columns:\n  Nom: name\n  Sigle: name", "mapping.yml:3"),
        ("columns:\n  Nom: name\n  Nom: siret", "stands twice"),
        ("columns: [Nom]", "key: value"),
        ("columns: {Nom: {use: name, size: 3}}", "is not a key of a mapping"),
        ("columns: {Nom: {use: [name]}}", "must be one text"),
        ("columns: {X: {use: accredited, accreditation: etii}}", "etti"),
        ("header: three\ncolumns: {Nom: name}", "number of a row"),
        ("shape: list\ncolumns: {Nom: name}", "is none of: members, links"),
        ("header: 1", "is missing"),
        ("", "key: value"),
        ("a: [", "cannot be read as YAML"),
        ("[" * 5000, "cannot be read as YAML"),
        ("&a [*a]", "key: value"),
        ("x: &a [1]\ncolumns: {Nom: *a}", "must be one text"),
        ("columns: {Nom: !!python/object:os.system name}", ""),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, told):
    path = tmp_path / "mapping.yml"
    path.write_text(text, "utf-8")
    if not told:
        assert read_mapping(path).one("name") == "Nom"
        return
    with pytest.raises(CallError) as caught:
        read_mapping(path)
    assert told in str(caught.value)
    assert caught.value.hint


def test_a_corrected_guess_is_followed_and_kept(tmp_path):
    path, mapping = tmp_path / "l.csv", tmp_path / "m.yml"
    path.write_text("Code;Qui;Couleur;Avec\n1;Alpha;X;Bêta + Gamma\n", "utf-8")
    mapping.write_text(
        'network: "Réseau A"\nrole: fondateur\n'
        'columns: {Qui: name, Avec: {use: network, separator: "+"}}\n',
        "utf-8",
    )
    done = ptce_graph.import_file("spreadsheet", path, tmp_path / "d", mapping=mapping)
    links = done.imported.frames["memberships"]
    assert sorted(zip(links["organisation"], links["role"], strict=True)) == [
        ("beta", "fondateur"),
        ("gamma", "fondateur"),
        ("reseau-a", "fondateur"),
    ]
    assert {c.column: c.why for c in done.imported.columns}["Couleur"] == "not in the mapping"
    kept = done.written.folder / "sources/l/mapping.yml"
    again = ptce_graph.import_file("spreadsheet", path, tmp_path / "d2", mapping=kept)
    assert again.imported.frames["memberships"].equals(links)
    assert ptce_graph.check(tmp_path / "d2") == []


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("columns: {Nome: name}", "Did you mean Nom?"),
        ("role: adherant\ncolumns: {Nom: name}", "Did you mean adherent?"),
        ("header: 9\ncolumns: {Nom: name}", "Row 9 holds no header"),
        ("shape: links\ncolumns: {Nom: a}", "two columns"),
        ("columns: {Nom: left-out}", "No column names the organisations"),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_is_told(tmp_path, mapping, told):
    (tmp_path / "m.yml").write_text(mapping, "utf-8")
    (tmp_path / "l.csv").write_text("Nom;Ville\nAlpha;Lyon\n", "utf-8")
    with pytest.raises(CallError) as caught:
        ptce_graph.import_file(
            "spreadsheet", tmp_path / "l.csv", tmp_path / "d", mapping=tmp_path / "m.yml"
        )
    assert told in str(caught.value)
