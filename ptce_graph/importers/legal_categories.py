"""The legal categories of INSEE that are, without doubt, a legal form of the code list.

A category is mapped where its own label names the form. There is none for a
SCIC, and a SCOP that is a SAS has that of every SAS: a category tells what an
organisation is, never what it is not. Labels: INSEE, « Catégories juridiques »,
level III (https://www.insee.fr/fr/information/2028129).
"""

from __future__ import annotations

_OF_FORM = {
    # Undeclared, declared, of integration, intermediary, groups of employers, of lawyers,
    # recognised as of public utility, of the local law of Alsace and Moselle.
    "association": "9210 9220 9221 9222 9223 9224 9230 9260",
    "scop": "5458 5558 5658",
    "cooperative": (
        "5192 5195 5196 5203 5307 5309 5443 5451 5453 5454 5455 5459 5460 "
        "5543 5547 5551 5552 5553 5554 5555 5559 5560 "
        "5643 5647 5651 5652 5653 5654 5655 5659 5660 "
        "6316 6317 6318 6543 6551 6554 6558 6560"
    ),
    "sas": "5710 5720",
    "sarl": "5498 5499",
    "mutuelle": "8210",
    "commune": "7210",
    "departement": "7220",
    "region": "7230",
    "communaute-communes": "7346",
    "communaute-agglomeration": "7348",
    "communaute-urbaine": "7343",
    "syndicat-mixte": "7354 7355",
    "service-etat": "7113 7120 7150 7160 7171 7172 7179",
}

#: The code of ``legal-forms`` by the code of a category of INSEE, level III.
LEGAL_FORMS = {code: form for form, codes in _OF_FORM.items() for code in codes.split()}

#: Categories of persons, of whom nothing is kept: entrepreneurs, and what persons own together.
PERSONS = ("1", "21", "221", "231")
