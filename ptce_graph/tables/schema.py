"""What the tables hold: one declaration that reading, checking and templates share.

The tables of one document stand in ``data/sources/<id>/``; every row of them
is something that document says, and leads to its passage through the columns
``section`` and ``lines``. The tables of the whole stand directly in ``data/``.
Every row becomes one fact node or one thing in the graph.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Between the values of a cell that holds several.
SEPARATOR = "|"


@dataclass(frozen=True)
class Column:
    """One column. ``kind`` says what a cell may hold:

    - ``text``: anything on one line;
    - ``id``: the identifier this row gives to a thing (see ``iris.SLUG_PATTERN``);
    - ``ref``: an identifier given by one of the tables in ``target``;
    - ``code``: a code of the code list ``target``;
    - ``date``: ``2007``, ``2007-03`` or ``2007-03-15``, as precise as the source;
    - ``number``: ``1500`` or ``3.5``, without unit;
    - ``web``: a web address as the source writes it, with or without scheme;
    - ``insee``: a code of INSEE: ``26281`` (commune), ``26`` or ``2A``, ``84``;
    - ``siren``, ``siret``: 9 or 14 digits without spaces, the last checking the others;
    - ``rna``: a number of the register of associations: ``W751234567``;
    - ``wikidata``: an item of Wikidata: ``Q42``;
    - ``digest``: the SHA-256 of a file, 64 hexadecimal digits;
    - ``iri``: an address that starts with ``http://`` or ``https://``;
    - ``lines``: ``12``, ``12-15`` or ``12|81-83``, in the transcription that ``source.yml`` names.
    """

    name: str
    kind: str = "text"
    target: tuple[str, ...] = ()
    required: bool = False
    several: bool = False


@dataclass(frozen=True)
class Table:
    """One kind of table. Rows that agree on all of ``key`` are the same fact told twice."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    of_a_source: bool = True

    @property
    def gives_ids(self) -> bool:
        """Its rows give identifiers that other cells may refer to."""
        return any(column.kind == "id" for column in self.columns)

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]


ACTORS = ("organisations", "poles")

#: The columns that identify a thing outside the tables (see ``registers``).
IDENTIFIERS = (
    Column("siren", "siren"),
    Column("siret", "siret", several=True),
    Column("rna", "rna"),
    Column("wikidata", "wikidata"),
    Column("same_as", "iri", several=True),
)

_PASSAGE = (
    Column("section", required=True),
    Column("lines", "lines", required=True),
    Column("note"),
)

ORGANISATIONS = Table(
    "organisations",
    (
        Column("id", "id", required=True),
        Column("name", required=True),
        Column("alt_names", several=True),
        Column("kind", "code", ("organisation-kinds",)),
        Column("legal_form", "code", ("legal-forms",)),
        Column("accreditations", "code", ("accreditations",), several=True),
        Column("place", "ref", ("places",)),
        Column("created", "date"),
        Column("website", "web"),
        *IDENTIFIERS,
        *_PASSAGE,
    ),
    key=("id",),
)

POLES = Table(
    "poles",
    (
        Column("id", "id", required=True),
        Column("name", required=True),
        Column("alt_names", several=True),
        Column("carrier", "ref", ("organisations",)),
        Column("accreditations", "code", ("accreditations",), several=True),
        Column("place", "ref", ("places",)),
        Column("created", "date"),
        Column("since", "date"),
        Column("website", "web"),
        *IDENTIFIERS,
        Column("listed_in", "code", ("pole-lists",), several=True),
        *_PASSAGE,
    ),
    key=("id",),
)

MEMBERSHIPS = Table(
    "memberships",
    (
        Column("member", "ref", ACTORS, required=True),
        Column("organisation", "ref", ACTORS, required=True),
        Column("role", "code", ("membership-roles",), required=True),
        Column("start", "date"),
        Column("end", "date"),
        *_PASSAGE,
    ),
    key=("member", "organisation", "role", "start"),
)

COOPERATIONS = Table(
    "cooperations",
    (
        Column("id", "id", required=True),
        Column("kind", "code", ("cooperation-kinds",), required=True),
        Column("state", "code", ("states",), required=True),
        Column("name", required=True),
        Column("start", "date"),
        Column("end", "date"),
        *_PASSAGE,
    ),
    key=("id",),
)

PARTICIPATIONS = Table(
    "participations",
    (
        Column("cooperation", "ref", ("cooperations",), required=True),
        Column("partner", "ref", ACTORS, required=True),
        Column("role", "code", ("cooperation-roles",), required=True),
        *_PASSAGE,
    ),
    key=("cooperation", "partner", "role"),
)

CALLS = Table(
    "calls",
    (
        Column("id", "id", required=True),
        Column("name", required=True),
        Column("alt_names", several=True),
        Column("opened", "date"),
        Column("decided", "date"),
        *_PASSAGE,
    ),
    key=("id",),
)

CANDIDACIES = Table(
    "candidacies",
    (
        Column("id", "id", required=True),
        Column("call", "ref", ("calls",), required=True),
        Column("region_as_written"),
        Column("region", "ref", ("places",)),
        Column("initiative"),
        Column("carrier_as_written"),
        Column("carriers", "ref", ("organisations",), several=True),
        Column("pole", "ref", ("poles",)),
        Column("outcome", "code", ("candidacy-outcomes",), required=True),
        *_PASSAGE,
    ),
    key=("id",),
)

FIGURES = Table(
    "figures",
    (
        Column("id", "id", required=True),
        Column("subjects", "ref", (*ACTORS, "calls", "cooperations"), several=True),
        Column("about"),
        Column("measure", "code", ("figure-measures",), required=True),
        Column("place", "ref", ("places",)),
        Column("value", "number", required=True),
        Column("value_max", "number"),
        Column("unit", "code", ("units",), required=True),
        Column("precision", "code", ("figure-precisions",), required=True),
        Column("state", "code", ("states",), required=True),
        Column("date", "date"),
        *_PASSAGE,
    ),
    key=("id",),
)

CHARACTERISTICS = Table(
    "characteristics",
    (
        Column("thing", "ref", ACTORS, required=True),
        Column("characteristic", "code", ("characteristics",), required=True),
        Column("date", "date"),
        *_PASSAGE,
    ),
    key=("thing", "characteristic", "date"),
)

CRITERIA = Table(
    "criteria",
    (
        Column("id", "id", required=True),
        Column("list", "code", ("criteria-lists",), required=True),
        Column("position", "number", required=True),
        Column("label_fr", required=True),
        Column("label_en", required=True),
        Column("matches", "ref", ("criteria",), several=True),
        *_PASSAGE,
    ),
    key=("id",),
)

FRAMEWORK = Table(
    "framework",
    (
        Column("id", "id", required=True),
        Column("level", "code", ("framework-levels",), required=True),
        Column("notation"),
        Column("parent", "ref", ("framework",)),
        Column("label_fr", required=True),
        Column("label_en", required=True),
        Column("legibility", "code", ("legibilities",), required=True),
        *_PASSAGE,
    ),
    key=("id",),
)

DEFINITIONS = Table(
    "definitions",
    (
        Column("id", "id", required=True),
        Column("dimension", "code", ("definition-dimensions",), required=True),
        Column("definition_fr", required=True),
        Column("definition_en", required=True),
        *_PASSAGE,
    ),
    key=("id",),
)

PLACES = Table(
    "places",
    (
        Column("id", "id", required=True),
        Column("name", required=True),
        Column("type", "code", ("place-types",), required=True),
        Column("within", "ref", ("places",)),
        Column("insee_code", "insee"),
        Column("valid_to", "date"),
        Column("successor", "ref", ("places",)),
        Column("latitude", "number"),
        Column("longitude", "number"),
        Column("note"),
    ),
    key=("id",),
    of_a_source=False,
)

IDENTITIES = Table(
    "identities",
    (
        Column("left", "ref", ACTORS, required=True),
        Column("right", "ref", ACTORS, required=True),
        Column("judgement", "code", ("identity-judgements",), required=True),
        Column("reason", required=True),
    ),
    key=("left", "right"),
    of_a_source=False,
)

LABELS = Table(
    "labels",
    (
        Column("id", "ref", (*ACTORS, "calls"), required=True),
        Column("name", required=True),
        Column("note"),
    ),
    key=("id",),
    of_a_source=False,
)

#: What an organisation judges of a pole where no fact decides, or where it knows better.
ASSESSMENTS = Table(
    "assessments",
    (
        Column("thing", "ref", ACTORS, required=True),
        Column("criterion", "ref", ("criteria",), required=True),
        Column("value", "code", ("assessment-values",), required=True),
        Column("author", required=True),
        Column("date", "date", required=True),
        Column("reason", required=True),
    ),
    key=("thing", "criterion", "author", "date"),
    of_a_source=False,
)

SOURCE_TABLES = (
    ORGANISATIONS,
    POLES,
    MEMBERSHIPS,
    COOPERATIONS,
    PARTICIPATIONS,
    CALLS,
    CANDIDACIES,
    FIGURES,
    CHARACTERISTICS,
    CRITERIA,
    FRAMEWORK,
    DEFINITIONS,
)
SHARED_TABLES = (PLACES, IDENTITIES, LABELS, ASSESSMENTS)
TABLES = {table.name: table for table in SOURCE_TABLES + SHARED_TABLES}

#: Where the shared tables stand in a data folder.
SHARED_FILES = {
    "places": "geography/places.csv",
    "identities": "identities.csv",
    "labels": "labels.csv",
    "assessments": "assessments.csv",
}

#: The code lists, each a file ``codelists/<name>.csv`` with these columns.
CODE_LISTS = (
    "legal-forms",
    "accreditations",
    "organisation-kinds",
    "membership-roles",
    "cooperation-kinds",
    "cooperation-roles",
    "pole-lists",
    "place-types",
    "identity-judgements",
    "states",
    "candidacy-outcomes",
    "figure-measures",
    "units",
    "figure-precisions",
    "characteristics",
    "criteria-lists",
    "framework-levels",
    "legibilities",
    "definition-dimensions",
    "assessment-values",
)
CODE_COLUMNS = (
    Column("code", "id", required=True),
    Column("label_fr", required=True),
    Column("label_en", required=True),
    Column("definition_fr", required=True),
    Column("definition_en", required=True),
    Column("broader"),
    Column("exact_match", several=True),
    Column("close_match", several=True),
)
