"""A file of a release that holds the dataset in one format."""

from __future__ import annotations

from dataclasses import dataclass

from ptce_graph.i18n import LANGUAGES, mark, translator

_NOTHING_LOST = mark("The whole dataset, with the document and the passage of each fact.")
_COMPRESSED = mark("Compressed with gzip.")
_PACKED = mark("Several files in one ZIP archive.")


@dataclass(frozen=True)
class ReleasedFile:
    """A file of a release that holds the dataset in one format.

    ``name``, ``title`` and ``loss`` are those of the format; ``path`` is
    relative to the release; ``compressed`` and ``packed`` are media types,
    empty for a plain file.
    """

    name: str
    title: str
    path: str
    media_type: str
    loss: str
    size: int
    sha256: str
    compressed: str = ""
    packed: str = ""

    @property
    def key(self) -> str:
        """What tells the distribution from the others of its dataset."""
        return f"{self.name}-gz" if self.compressed else self.name

    def short_title(self, language: str) -> str:
        """What the format is called, without the sentence that explains it."""
        title = translator(language)(self.title).split(":")[0].strip("\u00a0\u202f ")
        return f"{title} (gzip)" if self.compressed else title

    def described(self) -> dict[str, str]:
        """What the file holds and what it cannot hold, in each language."""
        told = {}
        for language in LANGUAGES:
            words = translator(language)
            parts = [words(self.loss or _NOTHING_LOST)]
            parts += [words(_PACKED)] if self.packed else []
            parts += [words(_COMPRESSED)] if self.compressed else []
            told[language] = " ".join(parts)
        return told
