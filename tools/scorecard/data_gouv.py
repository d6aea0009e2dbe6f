"""The nine criteria of the metadata quality score of data.gouv.fr.

From its software, udata: ``compute_quality`` and ``compute_quality_score`` of
``udata/core/dataset/models.py``, each criterion counting one ninth.
"""

from __future__ import annotations

from rdflib.namespace import DCTERMS

from scorecard.evidence import Evidence
from scorecard.model import Answer, Checklist, answered
from scorecard.stars import OPEN

#: A description is long enough beyond this many characters (udata: QUALITY_DESCRIPTION_LENGTH).
DESCRIPTION_LENGTH = 100
#: Frequencies for which no update is late, as udata has it.
NEVER_LATE = ("continuous", "irregular", "never")


def _description(told: Evidence) -> Answer:
    texts = list(told.catalogue.objects(told.dataset, DCTERMS.description))
    lengths = {str(getattr(text, "language", "")): len(str(text)) for text in texts}
    told_ = ", ".join(f"{number} characters ({lang})" for lang, number in sorted(lengths.items()))
    met = bool(lengths) and min(lengths.values()) > DESCRIPTION_LENGTH
    return met, f"catalog.ttl: dcterms:description, {told_ or 'none'}; more than 100 are asked"


def _documented(told: Evidence) -> Answer:
    files = told.distributions()
    with_text = [n for n, _path in files if (n, DCTERMS.description, None) in told.catalogue]
    return bool(files) and len(with_text) == len(files), (
        f"catalog.ttl: dcterms:description on {len(with_text)} of {len(files)} distributions"
    )


def _available(told: Evidence) -> Answer:
    right, text = told.harvested()
    return (None if right else False), f"the portal fetches each of them; {text}"


def _open(told: Evidence) -> Answer:
    known = sorted(told.formats() & OPEN.keys())
    return bool(known), f"catalog.ttl: {len(known)} open formats; one is asked"


def _frequency(told: Evidence) -> Answer:
    code = told.catalogue.value(told.dataset, DCTERMS.accrualPeriodicity)
    return code is not None, f"catalog.ttl: dcterms:accrualPeriodicity {code or 'missing'}"


def _in_time(told: Evidence) -> Answer:
    frequency = told.about.frequency
    if not frequency:
        return False, "no frequency is told"
    if frequency in NEVER_LATE:
        return True, f"frequency {frequency}: no update is awaited at a date"
    return None, f"frequency {frequency}, modified {told.about.modified}: to be held against today"


def _temporal(told: Evidence) -> Answer:
    found = told.catalogue.value(told.dataset, DCTERMS.temporal) is not None
    period = f"{told.about.start or '…'} to {told.about.end or '…'}"
    return found, f"catalog.ttl: dcterms:temporal {period if found else 'missing'}"


def _spatial(told: Evidence) -> Answer:
    places = sorted(str(p) for p in told.catalogue.objects(told.dataset, DCTERMS.spatial))
    return bool(places), f"catalog.ttl: dcterms:spatial {', '.join(places) or 'missing'}"


DATA_GOUV = Checklist(
    "data-gouv",
    "data.gouv.fr, metadata quality",
    "data.gouv.fr, la qualité des métadonnées",
    "udata, the software of data.gouv.fr: Dataset.compute_quality_score",
    "https://github.com/opendatateam/udata/blob/master/udata/core/dataset/models.py",
    "Computed on `catalog.ttl`, which the portal would harvest.",
    answered(
        (
            ("1", "description des données renseignée", _description),
            ("2", "ressources documentées", _documented),
            ("3", "licence renseignée", lambda told: told.licence()),
            ("4", "fréquence de mise à jour renseignée", _frequency),
            ("5", "fréquence de mise à jour respectée", _in_time),
            ("6", "formats de fichiers ouverts", _open),
            ("7", "couverture temporelle renseignée", _temporal),
            ("8", "couverture spatiale renseignée", _spatial),
            ("9", "toutes les ressources disponibles", _available),
        )
    ),
)
