"""What a release tells people: its README in French and English, its licence, how to cite it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ptce_graph.i18n import LANGUAGES, date_words, mark, number_words, translator
from ptce_graph.publish.catalogue.dcat import untold
from ptce_graph.publish.catalogue.facts import HELD, MISSING
from ptce_graph.publish.catalogue.released_file import ReleasedFile
from ptce_graph.publish.release import About, Release
from ptce_graph.reports.markdown import escaped
from ptce_graph.tables.coverage import counts, disagreements, illegible, undocumented
from ptce_graph.vocabulary import authorities

Words = Callable[[str], str]

#: What stands beside the dataset in every release, and what it is for.
BESIDE = {
    "catalog.ttl": mark("the catalogue, for portals that harvest (DCAT-AP 3.0.1)"),
    "void.ttl": mark("statistics, vocabularies and links (VoID)"),
    "ontology/": mark("the ontology, its SHACL shapes, alignments and JSON-LD context"),
    "queries/": mark("the catalogue of questions, one SPARQL file each"),
    "CITATION.cff": mark("how to cite, for programs (CFF 1.2.0)"),
    "LICENSE": mark("the licence of the data"),
    "LICENSE-places.md": mark("where the list of places comes from, and its licences"),
    "SHA256SUMS": mark("the checksum of every file: sha256sum -c SHA256SUMS"),
}
_LEFT_OUT = mark(
    "What none of these documents says is not in the data: an organisation, a membership or a date "
    "that is absent here may well exist. Telephone numbers and e-mail addresses are refused when "
    "the tables are checked."
)


def readme(release: Release, files: Sequence[ReleasedFile], beside: Sequence[str]) -> str:
    """``README.md``: what the release is, its files, how to cite it, what it does not hold."""
    parts = [_part(release, files, beside, language) for language in LANGUAGES]
    return "\n---\n\n".join(parts)


def _part(
    release: Release, files: Sequence[ReleasedFile], beside: Sequence[str], language: str
) -> str:
    about, words = release.about, translator(language)
    lines = [f"# {escaped(about.text('title', language))}", ""]
    if about.description:
        lines += [escaped(about.text("description", language)), ""]
    lines += [f"- {line}" for line in _facts_of(about, language)]
    if about.version_notes:
        lines += ["", escaped(about.text("version_notes", language))]
    lines += ["", "## " + words("Files"), "", *_file_table(files, words, language), ""]
    for name, text in BESIDE.items():
        if name in beside:
            told = words("{what}: {value}").format(what=f"`{name}`", value=words(text))
            lines.append(f"- {told}")
    lines += ["", "## " + words("Licence and citation"), "", *_licence(about, language)]
    lines += ["", "## " + words("Where the facts come from"), ""]
    if about.provenance:
        lines += [escaped(about.text("provenance", language)), ""]
    lines += _documents(release, language)
    lines += ["", "## " + words("What the data hold, and what they do not"), ""]
    lines += _coverage(release, language)
    missing = untold(about)
    if missing:
        told = words("dataset.yml does not say: {keys}. The catalogue leaves it out.")
        lines += ["", told.format(keys=", ".join(f"`{key}`" for key in missing))]
    return "\n".join(lines) + "\n"


def _facts_of(about: About, language: str) -> list[str]:
    words = translator(language)
    told = []
    if about.version:
        told.append(words("Version: {version}").format(version=escaped(about.version)))
    if about.modified:
        date = date_words(about.modified, language)
        told.append(words("Last change: {date}").format(date=date))
    if about.publisher:
        told.append(words("Publisher: {name}").format(name=escaped(about.publisher)))
    for text, address in (
        (mark("Page: {address}"), about.landing_page),
        (mark("Contact: {address}"), about.contact_page),
        (mark("SPARQL endpoint: {address}"), about.endpoint),
    ):
        if address:
            told.append(words(text).format(address=f"<{address}>"))
    return told


def _file_table(files: Sequence[ReleasedFile], words: Words, language: str) -> list[str]:
    head = (words("File"), words("Format"), words("Bytes"), words("What it holds"))
    lines = [f"| {' | '.join(head)} |", "|---|---|---:|---|"]
    for file in files:
        loss = words(file.loss) if file.loss else words("everything")
        if file.compressed:
            loss = words("the same, compressed")
        if file.packed:
            folder = f"{file.path.removesuffix('.zip')}/"
            unpacked = words("Unpacked: {folder}").format(folder=folder)
            loss = f"{loss} {unpacked}"
        size = number_words(str(file.size), language)
        cells = (f"`{file.path}`", file.short_title(language), size, escaped(loss))
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def licence_name(about: About, language: str) -> str:
    """What the licence is called; its address where it is none we know; empty without one."""
    known = authorities.LICENCES.get(about.licence)
    return getattr(known, language) if known is not None else about.licence


def citation(about: About, language: str) -> str:
    """One sentence that names the data as their licence asks: source, version, last change."""
    parts = [about.publisher, about.text("title", language)]
    words = translator(language)
    if about.version:
        parts.append(words("version {version}").format(version=about.version))
    if about.modified:
        parts.append(date_words(about.modified, language))
    parts += [licence_name(about, language), about.landing_page]
    return ", ".join(part for part in parts if part) + "."


def _licence(about: About, language: str) -> list[str]:
    words = translator(language)
    if not about.licence:
        return [words("No licence is stated: ask the publisher before you use the data.")]
    told = words("Licence: {name}, {address}").format(
        name=escaped(licence_name(about, language)), address=f"<{about.licence}>"
    )
    lines = [told, ""]
    if about.rights:
        lines += [escaped(about.text("rights", language)), ""]
    return [*lines, words("To cite:"), "", f"> {escaped(citation(about, language))}"]


def _documents(release: Release, language: str) -> list[str]:
    words = translator(language)
    lines = []
    held = counts(release.facts)["total"]
    for identifier, document in sorted(release.facts.tables.documents.items()):
        parts = [f"*{escaped(document.title)}*", escaped(document.publisher)]
        parts += [date_words(document.date, language) if document.date else ""]
        number = number_words(str(int(held[identifier])), language)
        parts += [words("{n} facts").format(n=number), f"`{identifier}`"]
        lines.append(f"- {', '.join(part for part in parts if part)}")
    return lines


def _coverage(release: Release, language: str) -> list[str]:
    words = translator(language)
    totals = counts(release.facts).loc["total"]
    lines = []
    for kind, number in totals.items():
        value = number_words(str(int(number)), language)
        what = words(HELD.get(str(kind), str(kind)))
        told = words("{what}: {value}").format(what=what, value=value)
        lines.append(f"- {told}")
    lines += ["", words(_LEFT_OUT), ""]
    for row in undocumented(release.facts).itertuples():
        told = words("{what}: {missing} of {of}")
        what = words(MISSING.get(row.what, row.what))
        lines.append(f"- {told.format(what=what, missing=row.missing, of=row.of)}")
    different = disagreements(release.facts)
    number = len(different[["thing", "what"]].drop_duplicates())
    told = words("- statements on which documents disagree, all kept: {n}")
    lines.append(told.format(n=number))
    told = words(
        "- items of the assessment framework that could be read in part or not at all: {n}"
    )
    lines.append(told.format(n=len(illegible(release.facts))))
    return lines


def licence_text(about: About) -> str:
    """``LICENSE``: which licence, where its text is, what it covers, how to name the source."""
    parts = []
    for language in LANGUAGES:
        words = translator(language)
        if about.licence:
            lines = [
                words("Licence of the data: {name}").format(name=licence_name(about, language)),
                about.licence,
                "",
                words("To name the source:"),
                citation(about, language),
            ]
            if about.rights:
                lines += ["", about.text("rights", language)]
        else:
            lines = [words("No licence is stated: ask the publisher before you use the data.")]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def citation_file(about: About) -> str:
    """``CITATION.cff`` (Citation File Format 1.2.0, https://citation-file-format.github.io/)."""
    import yaml

    language = LANGUAGES[0]
    told: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": translator("en")("To use these data, cite them as follows."),
        "type": "dataset",
        "title": about.text("title", language),
        # An entity: no person is named.
        "authors": [{"name": about.publisher or about.identifier}],
    }
    if about.description:
        told["abstract"] = about.text("description", language)
    if about.version:
        told["version"] = about.version
    if about.modified:
        told["date-released"] = about.modified
    known = authorities.LICENCES.get(about.licence)
    if known is not None:
        told["license"] = known.spdx
    if about.licence:
        told["license-url"] = about.licence
    if about.landing_page:
        told["url"] = about.landing_page
    if about.keywords:
        told["keywords"] = list(
            dict.fromkeys(w for words in about.keywords.values() for w in words)
        )
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=90)
