"""The words of headers and cells, in French and English, by what they mean."""

from __future__ import annotations

import re

#: What a column can be for, with the words of headers (slugs, as whole headers) that say so.
#: The first word of a header that is longer counts too: ``Ville (siège)`` is ``ville``.
HEADERS: dict[str, str] = {
    "name": (
        "raison-sociale denomination denomination-sociale denomination-unite-legale "
        "denominationunitelegale nom-de-la-structure nom-structure nom-de-l-organisme "
        "nom-de-l-organisation nom-organisation nom-de-l-association nom-association "
        "nom-de-l-adherent nom-adherent nom-du-membre nom-entreprise nom-de-l-entreprise "
        "nom-de-la-cooperative structure structures organisation organization organisme "
        "association entreprise cooperative etablissement societe nom name intitule libelle "
        "adherent adherents membre membres member organisation-name organization-name "
        "member-name company company-name structure-adherente structures-adherentes titre"
    ),
    "alt_names": (
        "sigle acronyme enseigne nom-usuel nom-commercial nom-d-usage autre-nom autres-noms alias "
        "acronym short-name nom-court sigle-unite-legale alt-names alt-name sigleunitelegale"
    ),
    "siren": "siren n-siren no-siren numero-siren num-siren code-siren siren-number",
    "siret": "siret n-siret no-siret numero-siret num-siret code-siret siret-number siren-siret",
    "rna": "rna n-rna no-rna numero-rna num-rna waldec identifiant-rna",
    "legal_form": (
        "forme-juridique forme-jur statut-jur statut-juridique statuts-juridiques statut "
        "legal-form categorie-juridique "
        "nature-juridique forme type-juridique categoriejuridiqueunitelegale legal-status"
    ),
    "accreditations": (
        "agrement agrements label labels conventionnement conventionnements type-siae siae "
        "type-de-siae accreditation accreditations type-d-agrement"
    ),
    "postal_code": "code-postal cp postal-code zip zip-code zipcode postcode codepostal code-post",
    "commune": (
        "ville commune localite city town municipality nom-commune nom-de-la-commune "
        "libelle-commune "
        "libellecommuneetablissement ville-du-siege siege"
    ),
    "insee_code": (
        "code-insee insee code-commune code-commune-insee citycode city-code codgeo depcom "
        "code-insee-commune codecommuneetablissement code-insee-de-la-commune"
    ),
    "department": "departement dept dep department code-departement n-departement",
    "region": "region code-region nom-region region-administrative",
    "website": (
        "site-web site-internet site url website web site-www page-web adresse-web lien-site "
        "adresse-internet web-site homepage url-site"
    ),
    "created": (
        "date-de-creation annee-de-creation annee-creation date-creation creation created "
        "created-on founded fondation date-de-fondation year-founded creee-en cree-en"
    ),
    "network": (
        "reseau reseaux network networks federation federations tete-de-reseau tetes-de-reseau "
        "affiliation affiliations reseau-d-appartenance reseaux-d-appartenance adhesions "
        "reseaux-porteurs appartenance reseau-ess membership memberships reseau-principal "
        "autre-reseau autres-reseaux reseau-secondaire"
    ),
    "role": "role qualite type-d-adhesion type-adhesion college type-de-membre type-membre",
    "start": (
        "date-d-adhesion date-adhesion annee-d-adhesion annee-adhesion adherent-depuis "
        "membre-depuis "
        "member-since depuis start start-date date-de-debut debut date-d-entree entree since joined"
    ),
    "end": (
        "date-de-fin fin-d-adhesion fin-adhesion date-de-sortie sortie end end-date date-fin fin "
        "date-de-depart left until jusqu-a"
    ),
    "a": (
        "source from a de structure-1 structure-a organisation-1 organisation-a acteur-1 acteur-a "
        "partenaire-1 partenaire-a origine noeud-1 depart membre-1 association-1 entite-1 entite-a"
    ),
    "b": (
        "cible target to b vers structure-2 structure-b organisation-2 organisation-b acteur-2 "
        "acteur-b partenaire-2 partenaire-b destination noeud-2 arrivee membre-2 association-2 "
        "entite-2 entite-b"
    ),
    "kind": (
        "type-de-lien nature-du-lien relation type-de-relation lien kind type-de-cooperation "
        "cooperation nature-de-la-relation link-type relationship type nature kind-of-link"
    ),
}
USES = tuple(HEADERS)
BY_HEADER = {word: use for use, words in HEADERS.items() for word in words.split()}

#: Headers of columns that speak of persons; none of them is kept, whatever else it holds.
PERSONAL_HEADER = re.compile(
    r"(^|-)(tel|tels|telephone|telephones|phone|mobile|portable|gsm|fax|telecopie|mail|mails|e-?mail|"
    r"emails|courriel|courriels|messagerie|contact|contacts|prenom|prenoms|firstname|first-name|"
    r"lastname|last-name|surname|president|presidente|presidence|directeur|directrice|dirigeant|"
    r"dirigeante|dirigeants|responsable|referent|referente|interlocuteur|interlocutrice|gerant|"
    r"gerante|tresorier|tresoriere|secretaire|administrateur|administratrice|representant|"
    r"representante|civilite|naissance|birth|salutation|animateur|animatrice|coordinateur|"
    r"coordinatrice|coordonnees|personne|signataire|correspondant|linkedin|skype)($|-)"
    r"|nom-et-prenom|nomunitelegale|nomusageunitelegale|nom-de-famille|nom-du-contact|adresse-mail"
)

_YES = "x oui o yes y 1 vrai true ok v si adherent membre member 1-0"
YES = frozenset(_YES.split())
_NO = "non n no 0 faux false na n-a neant aucun none 0-0"
NO = frozenset(_NO.split())
#: Signs that no slug keeps.
YES_SIGNS = frozenset("✓✔☑✗✘☒×•●■🗸")
NO_SIGNS = frozenset("-–—/._☐")

#: What stands before the name of a network in a header.
BEFORE_NETWORK = re.compile(
    r"^\s*(?:adh[ée]rent(?:e|s|es)?|membres?|adh[ée]sion|affili[ée](?:e|s|es)?|member)\s*(?:\?|:)?\s*(?:of\s+|de\s+la\s+|de\s+l['’]\s*|d['’]\s*|du\s+|des\s+"
    r"|de\s+|à\s+la\s+|à\s+l['’]\s*|au\s+|à\s+|[:\-–]\s*)?",
    re.IGNORECASE,
)
#: A header that starts so is about belonging, whatever its cells hold.
MEMBER_HEADER = re.compile(r"^(adherente?s?|membres?|member-of|adhesion|affiliee?s?)-")
#: A header that names a network by what it is: ``Réseau Cocagne``, not ``Réseau 2``.
NETWORK_HEADER = re.compile(r"^(reseau|federation|union|network|mouvement)-[a-z]")

#: Rows that sum up, under the last organisation.
TOTAL = re.compile(r"(?:sous-?\s?)?tota(?:l|ux)(?:\s+g[ée]n[ée]ral)?\s*:?\s*[0-9 ]*", re.IGNORECASE)


def use_of_header(slug: str) -> str:
    """The use that a header (a slug) speaks of: whole, without a number, or by its first words.

    ``siret-2`` -> ``siret``, ``ville-du-siege-social`` -> ``commune``; ``""`` for no use.
    """
    if slug in BY_HEADER:
        return BY_HEADER[slug]
    bare = re.sub(r"-?[0-9]+$", "", slug)
    if bare in BY_HEADER:
        return BY_HEADER[bare]
    words = bare.split("-")
    for count in range(min(len(words) - 1, 4), 0, -1):
        use = BY_HEADER.get("-".join(words[:count]), "")
        if use and "-".join(words[:count]) not in _ONLY_WHOLE:
            return use
    return ""


#: Words that say something alone, and nothing at the start of a longer header.
_ALONE = (
    "a b de to from type nature forme statut site web titre source nom name fin debut entree "
    "sortie "
    "association entreprise cooperative structure structures organisation organisme adherent "
    "adherents membre membres member label labels societe etablissement creation lien relation "
    "siege role college since left origine region departement depart cible target vers cooperation "
    "start end qualite company siae libelle commune federation membership"
)
_ONLY_WHOLE = frozenset(_ALONE.split())
