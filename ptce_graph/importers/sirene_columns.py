"""The columns of Sirene: what each becomes, and which are those of persons."""

from __future__ import annotations

import re

from ptce_graph.i18n import gettext as _
from ptce_graph.importers.imported import ColumnUse

UNIT = "StockUniteLegale"
ESTABLISHMENT = "StockEtablissement"

_USES = {
    "siren": "siren",
    "siret": "siret",
    "nicSiegeUniteLegale": "siret",
    "identifiantAssociationUniteLegale": "rna",
    "denominationUniteLegale": "name",
    "sigleUniteLegale": "alt_names",
    "denominationUsuelle1UniteLegale": "alt_names",
    "denominationUsuelle2UniteLegale": "alt_names",
    "denominationUsuelle3UniteLegale": "alt_names",
    "categorieJuridiqueUniteLegale": "legal_form",
    "dateCreationUniteLegale": "created",
    "economieSocialeSolidaireUniteLegale": "kind",
    "etatAdministratifUniteLegale": "",
}
_USES_OF_ESTABLISHMENTS = {
    "siren": "siren",
    "siret": "siret",
    "etablissementSiege": "place",
    "etatAdministratifEtablissement": "",
    "codeCommuneEtablissement": "place",
    "libelleCommuneEtablissement": "place",
    "denominationUsuelleEtablissement": "name",
    "enseigne1Etablissement": "name",
    "dateCreationEtablissement": "created",
}

#: Read from each file; and those worth telling that the tables have no column for.
KEPT_OF = {
    UNIT: tuple(_USES),
    ESTABLISHMENT: tuple(dict.fromkeys([*_USES_OF_ESTABLISHMENTS, *_USES])),
    "unheld": (
        "activitePrincipaleUniteLegale",
        "activitePrincipaleEtablissement",
        "trancheEffectifsUniteLegale",
        "trancheEffectifsEtablissement",
        "categorieEntreprise",
    ),
}

_PERSONAL = re.compile(
    r"(?:nom|nomUsage|prenom[0-9]*|prenomUsuel|pseudonyme|sexe)UniteLegale"
    r"|.*(?:naissance|courriel|e?mail|telephone|dirigeant).*",
    re.IGNORECASE,
)


def column_uses(columns: list[str]) -> tuple[ColumnUse, ...]:
    """What becomes of each column of a file."""
    uses = {name.casefold(): use for name, use in (_USES | _USES_OF_ESTABLISHMENTS).items()}
    told = []
    for column in columns:
        name = column.strip()
        if _PERSONAL.fullmatch(name):
            told.append(ColumnUse(column, "", _("personal")))
        elif name.casefold() in uses:
            use = uses[name.casefold()]
            told.append(ColumnUse(column, use, "" if use else _("only tells what is active")))
        else:
            told.append(ColumnUse(column, "", _("no table holds it")))
    return tuple(told)
