"""The IRIs of things, codes and graphs.

A published IRI is never reused or renamed, so an IRI holds the fewest raw
facts that tell two things apart, and none that may change: a network is
minted as an organisation, because being a network is something said of it.
"""

from __future__ import annotations

import re
import unicodedata

DEFAULT_BASE = "https://w3id.org/ptce/id/"
CODE_BASE = "https://w3id.org/ptce/code/"

#: An identifier of a thing or a code: lower case, digits, single hyphens.
SLUG_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss"})


def slug(text: str) -> str:
    """``text`` as an identifier: ``Pôle d'Économie`` -> ``pole-d-economie``."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = plain.encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def code_iri(scheme: str, code: str = "") -> str:
    """The IRI of a code list, or of one code in it."""
    return f"{CODE_BASE}{scheme}/{code}" if code else f"{CODE_BASE}{scheme}"


def thing_iri(kind: str, identifier: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a thing: ``organisation``, ``pole``, ``place``, ``source``, …"""
    return f"{base}{kind}/{identifier}"
