"""Words of French organisations' names that need knowing: they say a form, a level, little or much.

All are written as ``normal.folded`` gives them: lower case, no accents, singular.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that tell nobody apart.
ARTICLES = _words(
    "a au aux avec d dans de des du en et l la le les leur notre nos par pour sa se ses son sur "
    "un une vers y the of and for"
)

#: Words written in several ways. CRES is what a CRESS was called before it was for the
#: "économie solidaire" too.
ALIASES = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saint",
    "stes": "sainte",
    "cres": "cress",
    "ursscop": "urscop",
    "ptces": "ptce",
    "grd": "grand",
    "mvt": "mouvement",
    "dvpt": "developpement",
    "dev": "developpement",
    "dept": "departement",
    "assos": "association",
}

#: Words of a legal form, and the form they say. What is not a code of the list ``legal-forms``
#: (``sa``, ``eurl``) is compared like the others.
LEGAL_FORMS = {
    "association": "association",
    "asso": "association",
    "assoc": "association",
    "scic": "scic",
    "scop": "scop",
    "sarl": "sarl",
    "sas": "sas",
    "sasu": "sas",
    "sa": "sa",
    "eurl": "sarl",
    "cooperative": "cooperative",
    "coop": "cooperative",
    "cae": "cooperative",
    "mutuelle": "mutuelle",
    "societe": "",
    "ste": "",
    "loi": "",
    "1901": "",
    "gie": "gie",
    "sca": "sca",
    "sci": "sci",
    "snc": "snc",
}

#: Forms of several words, as they stand in a folded name.
LEGAL_PHRASES = (
    ("association loi 1901", "association"),
    ("association loi de 1901", "association"),
    ("societe cooperative d interet collectif", "scic"),
    ("societe cooperative de production", "scop"),
    ("societe cooperative et participative", "scop"),
    ("societe cooperative ouvriere de production", "scop"),
    ("societe par actions simplifiee", "sas"),
    ("societe a responsabilite limitee", "sarl"),
    ("societe anonyme", "sa"),
    ("societe cooperative", "cooperative"),
)

#: Forms that one organisation may have together: a SCIC is a SARL, an SAS or an SA too.
COMPANY_FORMS = frozenset(("scic", "scop", "sarl", "sas", "sa", "cooperative"))

#: How the kinds of local authorities are written before the name of their territory.
LEVELS_BEFORE = (
    ("communaute d agglomeration", "epci"),
    ("communaute agglomeration", "epci"),
    ("communaute de communes", "epci"),
    ("communaute communes", "epci"),
    ("communaute urbaine", "epci"),
    ("agglomeration", "epci"),
    ("agglo", "epci"),
    ("metropole", "epci"),
    ("conseil regional", "region"),
    ("region", "region"),
    ("conseil departemental", "departement"),
    ("conseil general", "departement"),
    ("departement", "departement"),
    ("ville", "commune"),
    ("mairie", "commune"),
    ("commune", "commune"),
    ("municipalite", "commune"),
)
#: The same after the name: "Grand Roanne Agglo", "Nantes Métropole".
LEVELS_AFTER = (
    ("metropole communaute urbaine", "epci"),
    ("communaute urbaine", "epci"),
    ("communaute", "epci"),
    ("agglomeration", "epci"),
    ("agglo", "epci"),
    ("metropole", "epci"),
)
#: Abbreviations, read as such only where they are written in capitals.
LEVELS_ABBREVIATED = {
    "CA": "epci",
    "CDA": "epci",
    "CC": "epci",
    "CDC": "epci",
    "CU": "epci",
    "CR": "region",
    "CG": "departement",
    "CD": "departement",
}
#: Words that come and go before the name of a group of communes.
EPCI_WORDS = frozenset(("grand", "pays", "agglo", "agglomeration", "metropole", "communaute"))

#: Regions under their initials.
REGIONS = {
    "paca": "provence alpes cote azur",
    "idf": "ile france",
    "aura": "auvergne rhone alpes",
    "npdc": "nord pas calais",
    "bfc": "bourgogne franche comte",
    "hdf": "hauts france",
    "pdl": "pays loire",
}
#: The names of all regions, before and since 2016, but for those that other words are.
REGION_NAMES = _words(
    "alsace aquitaine auvergne bourgogne bretagne champagne-ardenne corse franche-comte "
    "guadeloupe guyane haute-normandie basse-normandie normandie ile-france "
    "languedoc-roussillon limousin lorraine martinique mayotte midi-pyrenees nord-pas-calais "
    "pays-loire picardie poitou-charentes provence-alpes-cote-azur reunion rhone-alpes "
    "auvergne-rhone-alpes bourgogne-franche-comte grand-est hauts-france nouvelle-aquitaine "
    "occitanie centre-val-loire"
)

#: Words that say which part of a whole is meant: a branch is not its network.
SCOPES = _words(
    "national regional regionale departemental departementale local territorial territoriale "
    "delegation antenne section comite federation union confederation fonds fondation "
    "etablissement agence"
)

#: Words that so many names hold that they tell little.
GENERIC = _words(
    "accueil action activite aide animation art atelier autre avenir bien centre club collectif "
    "commerce communaute commun conseil creation culture culturel culturelle developpement "
    "domicile durable eco ecole economie economique education emploi enfant enseignement "
    "ensemble entraide entreprise environnement equipe ess espace famille familial familiale "
    "federation femme formation foyer france fete gestion groupe groupement habitat initiative "
    "innovation insertion institut jardin jeune jeunesse jeux lieu loisir maison mission monde "
    "mouvement mutuel nouveau national nature office ouvrier partage pole projet promotion "
    "public quartier radio recherche recyclerie regie region regional reseau ressource "
    "ressourcerie rural rurale sante sante service solidaire solidarite social sociale sport "
    "sportif sportive sud nord est ouest syndicat temps temp territoire territorial theatre "
    "travail union universite urbain vie ville village amicale ami amis comite fonds fondation "
    "mutuelle cooperatif cooperation personne ptce cluster ministere delegue sanitaire filiere "
    "agence grappe secours delegation regionale departemental departementale local locale "
    "nationale comite maire mairie territoriaux associatif associative interet populaire socio "
    "fr"
)

#: Hosts where many have their page: the same one says nothing.
SHARED_HOSTS = _words(
    "facebook.com helloasso.com wixsite.com over-blog.com blogspot.com wordpress.com free.fr "
    "orange.fr wanadoo.fr jimdo.com linkedin.com instagram.com twitter.com x.com youtube.com "
    "google.com sites.google.com framasite.org weebly.com e-monsite.com assoconnect.com "
    "net1901.org societe.com"
)
