"""The words under which files tell legal forms and accreditations, and their codes.

Of a word that could mean several things the code is left empty: an
« entreprise » has no legal form by that name, a « coopérative » is no SCOP.
"""

from __future__ import annotations

import re

from ptce_graph.importers.legal_categories import LEGAL_FORMS as _BY_CATEGORY
from ptce_graph.vocabulary.iris import slug

#: By code of ``codelists/legal-forms``: usual labels, as slugs.
_LEGAL_FORMS = {
    "association": (
        "association asso association-1901 association-loi-1901 association-loi-de-1901 "
        "association-declaree association-loi-1901-ou-assimile association-loi-1908 loi-1901 "
        "association-de-droit-local association-rup association-reconnue-d-utilite-publique "
        "association-d-interet-general association-declaree-d-insertion-par-l-economique "
        "association-intermediaire-ai non-profit-association"
    ),
    "cooperative": (
        "cooperative societe-cooperative coop sca sica cuma cae cooperative-d-activite-et-d-emploi "
        "societe-cooperative-agricole union-de-cooperatives cooperative-de-commercants "
        "societe-cooperative-de-consommation cooperative-d-habitants cooperative-company"
    ),
    "scop": (
        "scop societe-cooperative-de-production societe-cooperative-et-participative "
        "societe-cooperative-ouvriere-de-production scop-sa scop-sarl scop-sas sarl-scop sas-scop "
        "sa-scop scop-arl societe-cooperative-de-production-scop workers-cooperative"
    ),
    "scic": (
        "scic societe-cooperative-d-interet-collectif scic-sas scic-sarl scic-sa sas-scic "
        "sarl-scic sa-scic scic-arl societe-cooperative-d-interet-collectif-scic"
    ),
    "sas": (
        "sas sasu societe-par-actions-simplifiee societe-par-actions-simplifiee-sas "
        "sas-societe-par-actions-simplifiee"
    ),
    "sarl": (
        "sarl eurl societe-a-responsabilite-limitee societe-a-responsabilite-limitee-sarl "
        "sarl-societe-a-responsabilite-limitee sarl-unipersonnelle"
    ),
    "mutuelle": "mutuelle mutuelles mutuelle-loi-1945 mutual-society",
    "region": "conseil-regional region-collectivite",
    "departement": "conseil-departemental conseil-general departement-collectivite",
    "commune": "commune mairie ville municipality commune-et-commune-nouvelle",
    "communaute-communes": "communaute-de-communes cc cdc epci-communaute-de-communes",
    "communaute-agglomeration": (
        "communaute-d-agglomeration communaute-d-agglo epci-communaute-d-agglomeration"
    ),
    "communaute-urbaine": "communaute-urbaine",
    "syndicat-mixte": "syndicat-mixte petr pole-d-equilibre-territorial-et-rural",
    "service-etat": "service-de-l-etat service-deconcentre-de-l-etat",
}
LEGAL_FORMS = {label: code for code, labels in _LEGAL_FORMS.items() for label in labels.split()}

#: By code of ``codelists/accreditations``: usual labels, as slugs.
_ACCREDITATIONS = {
    "siae": "siae iae structure-d-insertion-par-l-activite-economique structure-d-insertion",
    "ei": "ei entreprise-d-insertion entreprise-d-insertion-ei",
    "etti": (
        "etti entreprise-de-travail-temporaire-d-insertion "
        "entreprise-de-travail-temporaire-d-insertion-etti"
    ),
    "aci": (
        "aci atelier-et-chantier-d-insertion ateliers-et-chantiers-d-insertion "
        "atelier-chantier-d-insertion ateliers-chantiers-d-insertion chantier-d-insertion "
        "atelier-et-chantier-d-insertion-aci"
    ),
    "ai": "ai association-intermediaire association-intermediaire-ai",
    "esus": (
        "esus entreprise-solidaire-d-utilite-sociale agrement-esus agree-esus "
        "entreprise-solidaire-d-utilite-sociale-esus"
    ),
    "prides": "prides",
    "grappe-entreprises": "grappe-d-entreprises grappe-entreprises cluster grappe",
}
ACCREDITATIONS = {
    label: code for code, labels in _ACCREDITATIONS.items() for label in labels.split()
}


def legal_form(text: str) -> str:
    """The code of the legal form that ``text`` names, a label or a category of INSEE; or ``""``.

    ``Association loi 1901`` and ``9220`` -> ``association``, ``SAS SCIC`` -> ``scic``.
    """
    bare = re.sub(r"[.,]0+$", "", text.strip())
    if bare in _BY_CATEGORY:
        return _BY_CATEGORY[bare]
    # S.A.R.L. is SARL.
    label = slug(re.sub(r"\b(\w)\.(?=\w\b)", r"\1", bare).rstrip("."))
    if label in LEGAL_FORMS:
        return LEGAL_FORMS[label]
    outer, _bracket, inner = bare.partition("(")
    found = {LEGAL_FORMS.get(slug(part), "") for part in (outer, inner) if part}
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def accreditation(text: str) -> str:
    """The code of the accreditation that ``text`` names, or ``""``: ``ACI`` -> ``aci``."""
    label = slug(text)
    if label in ACCREDITATIONS:
        return ACCREDITATIONS[label]
    outer, _bracket, inner = text.partition("(")
    found = {ACCREDITATIONS.get(slug(part), "") for part in (outer, inner) if part}
    found.discard("")
    return found.pop() if len(found) == 1 else ""
