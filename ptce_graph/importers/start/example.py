"""A handful of rows that are plainly invented, to show what the tables hold.

The organisations are called A to D and live in no real place; the SIREN starts
with six zeros, as none that INSEE gives does.
"""

from __future__ import annotations

SOURCE = "exemple"

DOCUMENT = {
    "title": "Exemple inventé, à remplacer / Invented example, to be replaced",
    "original_file": "exemple.txt",
    "lines": "20",
    "language": "fr",
    "note": "Rien ici n’est vrai. / Nothing here is true.",
}

DATASET = {
    "title_fr": "Données d’exemple inventées, à remplacer",
    "title_en": "Invented example data, to be replaced",
    "description_fr": "Quelques lignes inventées, qui montrent ce que contiennent les tables.",
    "description_en": "A handful of invented rows, to show what the tables hold.",
    "publisher": "Organisation à nommer",
}

_ONE, _TWO, _THREE = "Les organisations", "Les appartenances", "Les coopérations"

#: By table, rows of column and cell; what is not told is empty.
ROWS: dict[str, tuple[dict[str, str], ...]] = {
    "organisations": (
        {
            "id": "reseau-exemple",
            "name": "Réseau d’exemple",
            "alt_names": "RE",
            "kind": "reseau",
            "legal_form": "association",
            "website": "www.reseau.example",
            "section": _ONE,
            "lines": "1",
        },
        {
            "id": "organisation-a",
            "name": "Organisation A",
            "kind": "structure-ess",
            "legal_form": "association",
            "accreditations": "aci|esus",
            "created": "2004-05",
            "siren": "000000018",
            "siret": "00000001800002",
            "section": _ONE,
            "lines": "2-3",
        },
        {
            "id": "organisation-b",
            "name": "Organisation B",
            "kind": "structure-ess",
            "legal_form": "scic",
            "created": "2011",
            "section": _ONE,
            "lines": "4",
        },
        {
            "id": "organisation-c",
            "name": "Organisation C",
            "kind": "entreprise",
            "legal_form": "sarl",
            "section": _ONE,
            "lines": "5",
        },
        {
            "id": "collectivite-d",
            "name": "Collectivité D",
            "kind": "collectivite",
            "section": _ONE,
            "lines": "6",
        },
    ),
    "poles": (
        {
            "id": "pole-exemple",
            "name": "Pôle d’exemple",
            "carrier": "organisation-b",
            "since": "2012",
            "section": _ONE,
            "lines": "8",
        },
    ),
    "memberships": tuple(
        {
            "member": member,
            "organisation": whole,
            "role": role,
            "start": start,
            "section": _TWO,
            "lines": lines,
        }
        for member, whole, role, start, lines in (
            ("organisation-a", "reseau-exemple", "adherent", "2006", "10"),
            ("organisation-b", "reseau-exemple", "adherent", "", "10"),
            ("organisation-a", "pole-exemple", "membre", "", "11"),
            ("organisation-b", "pole-exemple", "membre", "2012", "11"),
            ("organisation-c", "pole-exemple", "membre", "", "11"),
            ("collectivite-d", "pole-exemple", "membre", "", "12"),
        )
    ),
    "cooperations": (
        {
            "id": "locaux-partages",
            "kind": "mutualisation",
            "state": "constate",
            "name": "Locaux partagés",
            "start": "2013",
            "section": _THREE,
            "lines": "15-16",
        },
    ),
    "participations": tuple(
        {
            "cooperation": "locaux-partages",
            "partner": partner,
            "role": role,
            "section": _THREE,
            "lines": "16",
        }
        for partner, role in (
            ("organisation-a", "pilote"),
            ("organisation-c", "partenaire"),
            ("collectivite-d", "financeur"),
        )
    ),
    "figures": (
        {
            "id": "emplois-pole-exemple",
            "subjects": "pole-exemple",
            "about": "emplois du pôle",
            "measure": "emplois",
            "value": "120",
            "unit": "emploi",
            "precision": "environ",
            "state": "constate",
            "date": "2014",
            "section": _THREE,
            "lines": "18",
        },
    ),
}
