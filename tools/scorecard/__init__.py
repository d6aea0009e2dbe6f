"""The scorecard: published checklists, each line answered from what is released."""

from __future__ import annotations

from scorecard.data_gouv import DATA_GOUV
from scorecard.dcat_ap import DCAT_AP
from scorecard.dwbp import DWBP
from scorecard.fair import FAIR
from scorecard.linked_void import VOID_LINES
from scorecard.model import Checklist
from scorecard.ontology import FOOPS, OOPS
from scorecard.stars import STARS

CHECKLISTS: tuple[Checklist, ...] = (
    STARS,
    FAIR,
    DWBP,
    FOOPS,
    OOPS,
    DCAT_AP,
    DATA_GOUV,
    VOID_LINES,
)
