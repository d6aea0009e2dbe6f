"""Code lists of others that a catalogue uses: the EU's authority tables, ADMS, SPDX, IANA.

DCAT-AP 3.0.1 (section « Controlled vocabularies ») asks for them. Each list is
kept to what a data folder may say or a release needs; labels are those of the
lists themselves, in French and English.
"""

from __future__ import annotations

from dataclasses import dataclass

EU = "http://publications.europa.eu/resource/authority/"
ADMS = "http://purl.org/adms/"
IANA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class Code:
    """One code of a list: its IRI, its labels, and the IRI of its list."""

    iri: str
    fr: str
    en: str
    scheme: str = ""


def _eu(table: str, codes: dict[str, tuple[str, str, str]]) -> dict[str, Code]:
    """Codes of an EU authority table: the word a data folder writes -> code and labels."""
    scheme = f"{EU}{table}"
    return {word: Code(f"{scheme}/{at}", fr, en, scheme) for word, (at, fr, en) in codes.items()}


THEME_SCHEME = f"{EU}data-theme"
THEMES = _eu(
    "data-theme",
    {
        code: (code, fr, en)
        for code, fr, en in (
            (
                "AGRI",
                "Agriculture, pêche, sylviculture et alimentation",
                "Agriculture, fisheries, forestry and food",
            ),
            ("ECON", "Économie et finances", "Economy and finance"),
            ("EDUC", "Éducation, culture et sport", "Education, culture and sport"),
            ("ENER", "Énergie", "Energy"),
            ("ENVI", "Environnement", "Environment"),
            ("GOVE", "Gouvernement et secteur public", "Government and public sector"),
            ("HEAL", "Santé", "Health"),
            ("INTR", "Questions internationales", "International issues"),
            (
                "JUST",
                "Justice, système juridique et sécurité publique",
                "Justice, legal system and public safety",
            ),
            ("REGI", "Régions et villes", "Regions and cities"),
            ("SOCI", "Population et société", "Population and society"),
            ("TECH", "Science et technologie", "Science and technology"),
            ("TRAN", "Transports", "Transport"),
        )
    },
)

FREQUENCIES = _eu(
    "frequency",
    {
        "irregular": ("IRREG", "irrégulière", "irregular"),
        "annual": ("ANNUAL", "annuelle", "annual"),
        "quarterly": ("QUARTERLY", "trimestrielle", "quarterly"),
        "monthly": ("MONTHLY", "mensuelle", "monthly"),
        "weekly": ("WEEKLY", "hebdomadaire", "weekly"),
        "daily": ("DAILY", "quotidienne", "daily"),
        "continuous": ("UPDATE_CONT", "mise à jour continue", "continuously updated"),
        "never": ("NEVER", "jamais", "never"),
        "unknown": ("UNKNOWN", "inconnue", "unknown"),
    },
)

AVAILABILITIES = _eu(
    "planned-availability",
    {
        "available": ("AVAILABLE", "disponible", "available"),
        "experimental": ("EXPERIMENTAL", "expérimental", "experimental"),
        "stable": ("STABLE", "stable", "stable"),
        "temporary": ("TEMPORARY", "temporaire", "temporary"),
    },
)

LANGUAGES = _eu(
    "language",
    {"fr": ("FRA", "français", "French"), "en": ("ENG", "anglais", "English")},
)

PUBLIC = Code(f"{EU}access-right/PUBLIC", "public", "public", f"{EU}access-right")

#: The kinds of publisher of ADMS. It has none for a project that is no legal person: that one
#: is schema.org's.
PUBLISHER_TYPES = {
    name: Code(f"{ADMS}publishertype/{name}", fr, en, f"{ADMS}publishertype/1.0")
    for name, fr, en in (
        (
            "Academia-ScientificOrganisation",
            "établissement académique ou scientifique",
            "Academia/Scientific organisation",
        ),
        ("Company", "entreprise", "Company"),
        ("IndustryConsortium", "consortium industriel", "Industry consortium"),
        ("LocalAuthority", "autorité locale", "Local Authority"),
        ("NationalAuthority", "autorité nationale", "National authority"),
        (
            "NonGovernmentalOrganisation",
            "organisation non gouvernementale",
            "Non-Governmental Organisation",
        ),
        ("NonProfitOrganisation", "organisation à but non lucratif", "Non-Profit Organisation"),
        ("RegionalAuthority", "autorité régionale", "Regional authority"),
    )
} | {"Project": Code("https://schema.org/Project", "projet", "Project")}

ATTRIBUTION = Code(
    f"{ADMS}licencetype/Attribution", "attribution", "Attribution", f"{ADMS}licencetype/1.0"
)


@dataclass(frozen=True)
class Licence:
    """A licence by name: its titles, the code SPDX gives it, its kind in ADMS."""

    fr: str
    en: str
    spdx: str
    kind: Code


OPEN_LICENCE = (
    "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf"
)
#: The licences a release can name; of any other it gives the address only.
LICENCES = {
    OPEN_LICENCE: Licence(
        "Licence Ouverte 2.0 (Etalab)", "Open Licence 2.0 (Etalab)", "etalab-2.0", ATTRIBUTION
    ),
    "https://creativecommons.org/licenses/by/4.0/": Licence(
        "Creative Commons Attribution 4.0 International",
        "Creative Commons Attribution 4.0 International",
        "CC-BY-4.0",
        ATTRIBUTION,
    ),
    "https://creativecommons.org/publicdomain/zero/1.0/": Licence(
        "Creative Commons Zero 1.0",
        "Creative Commons Zero 1.0",
        "CC0-1.0",
        Code(
            f"{ADMS}licencetype/PublicDomain",
            "domaine public",
            "Work in the public domain",
            f"{ADMS}licencetype/1.0",
        ),
    ),
}


@dataclass(frozen=True)
class Territory:
    """A country of the EU's table with the box around it: west, south, east, north, in degrees."""

    code: Code
    box: tuple[float, float, float, float]


def _territory(at: str, fr: str, en: str, *box: float) -> Territory:
    west, south, east, north = box
    code = Code(f"{EU}country/{at}", fr, en, f"{EU}country")
    return Territory(code, (west, south, east, north))


#: France in Europe and its overseas departments, each with a box of its own: one box around all
#: of them would span two oceans.
TERRITORIES = {
    "FRA": _territory("FRA", "France", "France", -5.15, 41.33, 9.57, 51.09),
    "GLP": _territory("GLP", "Guadeloupe", "Guadeloupe", -61.81, 15.83, -60.98, 16.52),
    "GUF": _territory("GUF", "Guyane française", "French Guiana", -54.62, 2.11, -51.61, 5.76),
    "MTQ": _territory("MTQ", "Martinique", "Martinique", -61.24, 14.38, -60.8, 14.89),
    "MYT": _territory("MYT", "Mayotte", "Mayotte", 45.01, -13.01, 45.31, -12.63),
    "REU": _territory("REU", "La Réunion", "Réunion", 55.21, -21.4, 55.86, -20.86),
}

SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

#: By the media type that a format declares: the file type of the EU's table and its label.
FILE_TYPES = {
    "application/trig": ("RDF_TRIG", "RDF TriG"),
    "application/n-quads": ("RDF_N_QUADS", "RDF N-Quads"),
    "application/n-triples": ("RDF_N_TRIPLES", "RDF N-Triples"),
    "text/turtle": ("RDF_TURTLE", "RDF Turtle"),
    "application/ld+json": ("JSON_LD", "JSON-LD"),
    "application/rdf+xml": ("RDF_XML", "RDF XML"),
    "text/csv": ("CSV", "CSV"),
    "application/vnd.apache.parquet": ("PARQUET", "Parquet"),
    "application/json": ("JSON", "JSON"),
    "application/xml": ("XML", "XML"),
    "application/gexf+xml": ("XML", "XML"),
    "application/graphml+xml": ("XML", "XML"),
    "application/zip": ("ZIP", "ZIP"),
}
_OTHER_FILE_TYPE = ("BIN", "Binary Data")


def file_type(media_type: str) -> Code:
    """The EU's file type of a media type; binary data where its table has none."""
    at, label = FILE_TYPES.get(media_type.split(";", maxsplit=1)[0].strip(), _OTHER_FILE_TYPE)
    return Code(f"{EU}file-type/{at}", label, label, f"{EU}file-type")
