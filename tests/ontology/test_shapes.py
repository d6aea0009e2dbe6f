"""Every rule of the shapes refuses what it is meant to refuse, and says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, Namespace

SHAPES = Path(__file__).resolve().parents[2] / "ontology" / "shapes.ttl"
SH = Namespace("http://www.w3.org/ns/shacl#")

PREFIXES = """
@prefix adms: <http://www.w3.org/ns/adms#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix code: <https://w3id.org/ptce/code/> . @prefix ex: <https://example.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix igeo: <http://rdf.insee.fr/def/geo#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix ptce: <https://w3id.org/ptce/ontology#> .
@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix time: <http://www.w3.org/2006/time#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

GOOD = (
    PREFIXES
    + """
ex:net a org:FormalOrganization , ptce:Network ; skos:prefLabel "Réseau"@fr ;
  skos:altLabel "R"@fr ; ptce:statut ex:form ; ptce:legalForm ex:form ;
  ptce:accreditation ex:accr ; ptce:organisationKind ex:kind ; ptce:place ex:town ;
  schema:foundingDate "2007"^^xsd:gYear ; foaf:homepage <https://reseau.example/> ;
  adms:identifier ex:number , ex:finess ;
  ptce:cooperatesWith ex:pole ; prov:wasDerivedFrom ex:passage .
ex:number a adms:Identifier ; rdfs:label "SIREN" ; skos:notation "552120222" .
ex:finess a adms:Identifier ; rdfs:label "FINESS" ; skos:notation "75-1" .
ex:pole a ptce:Pole ; skos:prefLabel "Pôle"@fr , "Pole"@en ; ptce:carriedBy ex:net ;
  ptce:listedIn ex:list ; ptce:since "2007"^^xsd:gYear ; prov:wasDerivedFrom ex:passage .
ex:mem a org:Membership ; org:member ex:pole ; org:organization ex:net ; org:role ex:role ;
  org:memberDuring ex:span ; prov:wasDerivedFrom ex:passage .
ex:coop a ptce:Cooperation ; skos:prefLabel "Travail"@fr ; ptce:cooperationKind ex:coopkind ;
  ptce:state ex:state ;
  ptce:participation ex:part ; ptce:during ex:span ; prov:wasDerivedFrom ex:passage .
ex:part a ptce:Participation ; ptce:partner ex:net ; ptce:partnerRole ex:cooprole ;
  prov:wasDerivedFrom ex:passage .
ex:span a time:ProperInterval ; time:hasBeginning ex:start ; time:hasEnd ex:end .
ex:start a time:Instant ; time:inXSDgYear "2007"^^xsd:gYear .
ex:end a time:Instant ; time:inXSDgYearMonth "2009-03"^^xsd:gYearMonth .
ex:day a time:Instant ; time:inXSDDate "2009-03-01"^^xsd:date .
ex:town a igeo:Commune ; skos:prefLabel "Ville"@fr ; ptce:placeType ex:ptype ;
  ptce:within ex:area ; igeo:codeINSEE "2A004" .
ex:area skos:prefLabel "Pays"@fr ; ptce:placeType ex:ptype ; geo:lat 44.93 ; geo:long 4.89 ;
  ptce:validTo "2015-12-31"^^xsd:date ; ptce:successor ex:town .
ex:appeal a ptce:Call ; skos:prefLabel "Appel"@fr ; ptce:opened "2011-11"^^xsd:gYearMonth ;
  ptce:decided "2012"^^xsd:gYear ; prov:wasDerivedFrom ex:passage .
ex:bid a ptce:Candidacy ; ptce:call ex:appeal ; ptce:regionAsWritten "NORD" ;
  ptce:initiative "Un pôle" ; ptce:carrierAsWritten "Réseau et Cie" ; ptce:candidate ex:net ;
  ptce:candidatePole ex:pole ; ptce:place ex:area ; ptce:outcome ex:outcome ;
  prov:wasDerivedFrom ex:passage .
ex:fig a ptce:Figure ; qb:dataSet ex:figures ; ptce:subject ex:net , ex:appeal ;
  ptce:about "sur le site"@fr ; ptce:measure ex:measured ; ptce:value 20.0 ; ptce:valueMax 25.5 ;
  ptce:unit ex:unit ; ptce:precision ex:precise ; ptce:state ex:state ; ptce:place ex:town ;
  dcterms:date "2010"^^xsd:gYear ; prov:wasDerivedFrom ex:passage .
ex:trait a ptce:Characterisation ; ptce:thing ex:pole ; ptce:characteristic ex:char ;
  dcterms:date "2012-06"^^xsd:gYearMonth ; prov:wasDerivedFrom ex:passage .
ex:pole ptce:hasCharacteristic ex:char .
ex:crit a ptce:Criterion ; skos:prefLabel "Durée"@fr , "Length"@en ; ptce:criteriaList ex:critlist ;
  ptce:position 1 ; prov:wasDerivedFrom ex:passage .
ex:aim a ptce:FrameworkItem ; skos:prefLabel "But"@fr ; ptce:level ex:level ;
  ptce:legibility ex:legible ; prov:wasDerivedFrom ex:passage .
ex:sign a ptce:FrameworkItem ; skos:prefLabel "Signe"@fr ; skos:notation "A.1" ;
  skos:broader ex:aim ; ptce:level ex:level ; ptce:legibility ex:legible ;
  prov:wasDerivedFrom ex:passage .
ex:what a ptce:Definition ; ptce:dimension ex:dim ;
  skos:definition "Un groupe."@fr , "A group."@en ; prov:wasDerivedFrom ex:passage .
ex:answer a ptce:Assessment ; ptce:assessedThing ex:pole ; ptce:assessedCriterion ex:crit ;
  ptce:assessmentValue ex:worth ; ptce:decidingFact ex:mem ; ptce:consideredFact ex:fig ;
  ptce:threshold "min=5" ; ptce:lacking "une date"@fr , "a date"@en ;
  prov:wasAttributedTo ex:program ; dcterms:isReplacedBy ex:opinion ;
  prov:wasDerivedFrom ex:passage .
ex:opinion a ptce:Assessment ; ptce:assessedThing ex:net ; ptce:assessedCriterion ex:crit ;
  ptce:assessmentValue ex:worth ; prov:wasAttributedTo ex:author ;
  dcterms:date "2024"^^xsd:gYear ; ptce:reason "vu sur place" .
ex:program a prov:SoftwareAgent . ex:author a prov:Organization ; rdfs:label "Organisation A" .
ex:source a ptce:Source ; dcterms:title "Note"@fr ; ptce:originalFile "note.txt" ;
  dcterms:date "2011"^^xsd:gYear ; ptce:dateNote "as printed"@en .
ex:passage a ptce:Passage ; dcterms:isPartOf ex:source ; ptce:section "1"@fr ; ptce:lines "3-12" .
ex:same a ptce:IdentityJudgement ; ptce:firstThing ex:net ; ptce:secondThing ex:other ;
  ptce:judgement ex:judged ; ptce:reason "même site"@fr .
"""
    + "".join(
        f"ex:{name} a skos:Concept{extra} ; skos:inScheme code:{scheme} ; "
        f'skos:notation "{name}" ; skos:prefLabel "{name}"@fr .\n'
        for name, scheme, extra in (
            ("form", "legal-forms", ""),
            ("accr", "accreditations", ""),
            ("kind", "organisation-kinds", ""),
            ("list", "pole-lists", ""),
            ("role", "membership-roles", " , org:Role"),
            ("coopkind", "cooperation-kinds", ""),
            ("state", "states", ""),
            ("cooprole", "cooperation-roles", ""),
            ("ptype", "place-types", ""),
            ("judged", "identity-judgements", ""),
            ("outcome", "candidacy-outcomes", ""),
            ("measured", "figure-measures", ""),
            ("unit", "units", ""),
            ("precise", "figure-precisions", ""),
            ("char", "characteristics", ""),
            ("critlist", "criteria-lists", ""),
            ("level", "framework-levels", ""),
            ("legible", "legibilities", ""),
            ("dim", "definition-dimensions", ""),
            ("worth", "assessment-values", ""),
        )
    )
)

#: What each rule says, from its English message, and edits of GOOD that break it.
#: An edit replaces its first text, everywhere it stands, by its second.
BROKEN = {
    # organisations and poles
    "An organisation, network or pole has an IRI": [("ex:pole", "_:pole")],
    "one name (skos:prefLabel) in French": [
        ('"Réseau"@fr', '"Network"@en'),
        ('"Réseau"@fr', '"Réseau"@fr , "Le Réseau"@fr'),
        ('"Travail"@fr', '"Travail"'),
        ('"Ville"@fr', '""@fr'),
        ('skos:prefLabel "form"@fr', 'skos:prefLabel "form"@en'),
    ],
    "Every fact leads by prov:wasDerivedFrom": [
        ("ptce:cooperatesWith ex:pole ; prov:wasDerivedFrom ex:passage", "ptce:place ex:area"),
        ('since "2007"^^xsd:gYear ; prov:wasDerivedFrom ex:passage', 'since "2007"^^xsd:gYear'),
        ("org:memberDuring ex:span ; prov:wasDerivedFrom ex:passage", "org:memberDuring ex:span"),
        ("ptce:during ex:span ; prov:wasDerivedFrom ex:passage", "ptce:during ex:span"),
        ("ex:cooprole ;\n  prov:wasDerivedFrom ex:passage", "ex:cooprole"),
        ("prov:wasDerivedFrom ex:passage", "prov:wasDerivedFrom ex:source"),
    ],
    "The status is a code": [("ptce:statut ex:form", "ptce:statut ex:kind")],
    "The legal form is a code": [("ptce:legalForm ex:form", "ptce:legalForm ex:accr")],
    "The accreditation is a code": [("ptce:accreditation ex:accr", "ptce:accreditation ex:form")],
    "The kind of organisation is": [("organisationKind ex:kind", "organisationKind ex:unknown")],
    "The place is a described place": [("ptce:place ex:town", "ptce:place ex:nowhere")],
    "The founding date is": [
        ('"2007"^^xsd:gYear ; foaf', '"2007" ; foaf'),
        ('"2007"^^xsd:gYear ; foaf', '"2007-00"^^xsd:gYearMonth ; foaf'),
    ],
    "The date since which a pole works": [
        ('ptce:since "2007"^^xsd:gYear', 'ptce:since "2007"'),
    ],
    "The website is an IRI": [
        ("<https://reseau.example/>", '"https://reseau.example/"'),
        ("<https://reseau.example/>", "<ftp://reseau.example/>"),
    ],
    "One cooperates with": [("cooperatesWith ex:pole", "cooperatesWith ex:town")],
    "A pole is not a legal person": [
        ("ex:pole a ptce:Pole", "ex:pole a ptce:Pole , org:FormalOrganization"),
    ],
    "A pole is carried by": [
        ("ptce:carriedBy ex:net", "ptce:carriedBy ex:town"),
        ("ptce:carriedBy ex:net", "ptce:carriedBy ex:pole"),
    ],
    "The list that names the pole": [("ptce:listedIn ex:list", "ptce:listedIn ex:kind")],
    # memberships
    "A membership has an IRI": [("ex:mem a", "_:mem a")],
    "A membership has one member": [
        ("org:member ex:pole ;", ""),
        ("org:member ex:pole", "org:member ex:pole , ex:net"),
        ("org:member ex:pole", "org:member ex:net"),
    ],
    "One is a member of": [
        ("org:organization ex:net ;", ""),
        ("org:organization ex:net", "org:organization ex:town"),
    ],
    "A membership has one role": [
        ("org:role ex:role ;", ""),
        ("org:role ex:role", "org:role ex:cooprole"),
        (" , org:Role", ""),
    ],
    "A membership has at most one period": [("memberDuring ex:span", "memberDuring ex:start")],
    # cooperations
    "A cooperation has an IRI": [("ex:coop a", "_:coop a")],
    "A cooperation has one kind": [
        ("ptce:cooperationKind ex:coopkind ;", ""),
        ("cooperationKind ex:coopkind", "cooperationKind ex:cooprole"),
    ],
    "A cooperation has one state": [
        ("ptce:state ex:state ;", ""),
        ("ptce:state ex:state", "ptce:state ex:kind"),
    ],
    "A cooperation has at least one participation": [("ptce:participation ex:part ;", "")],
    "A cooperation has at most one period": [("ptce:during ex:span", "ptce:during ex:start")],
    "A participation has an IRI": [("ex:part ", "_:part ")],
    "A participation belongs to one cooperation": [("ptce:participation ex:part ;", "")],
    "A participation has one partner": [
        ("ptce:partner ex:net ;", ""),
        ("ptce:partner ex:net", "ptce:partner ex:net , ex:pole"),
    ],
    "A participation has one role": [
        ("ptce:partnerRole ex:cooprole ;", ""),
        ("ptce:partnerRole ex:cooprole", "ptce:partnerRole ex:role"),
    ],
    # calls and candidacies
    "A call has an IRI": [("ex:appeal", "_:appeal")],
    "The date a call was opened": [('"2011-11"^^xsd:gYearMonth', '"2011-11"')],
    "The date a call was decided": [('ptce:decided "2012"^^xsd:gYear', 'ptce:decided "2012"')],
    "A candidacy has an IRI": [("ex:bid a", "_:bid a")],
    "A candidacy answers one call": [
        ("ptce:call ex:appeal ;", ""),
        ("ptce:call ex:appeal", "ptce:call ex:net"),
        ("ptce:call ex:appeal", "ptce:call ex:appeal , ex:net"),
    ],
    "A candidacy has one outcome": [
        ("ptce:outcome ex:outcome ;", ""),
        ("ptce:outcome ex:outcome", "ptce:outcome ex:kind"),
    ],
    "The candidate is an organisation": [
        ("ptce:candidate ex:net", "ptce:candidate ex:pole"),
        ("ptce:candidate ex:net", 'ptce:candidate "Réseau"'),
    ],
    "The candidate pole is": [("candidatePole ex:pole", "candidatePole ex:net")],
    "A candidacy comes from": [("ptce:place ex:area", "ptce:place ex:nowhere")],
    "The region, initiative and carrier": [
        ('"NORD"', '" "'), ('"Un pôle"', "ex:pole"), ('"Réseau et Cie"', '""'),
    ],
    # figures
    "A figure has an IRI": [("ex:fig a", "_:fig a")],
    "A figure is part of one data set": [
        ("qb:dataSet ex:figures ;", ""),
        ("qb:dataSet ex:figures", "qb:dataSet ex:figures , ex:others"),
    ],
    "The subject of a figure": [("ptce:subject ex:net", 'ptce:subject "le réseau"@fr')],
    "ptce:about is a text in French": [
        ('"sur le site"@fr', '"on the site"@en'), ('"sur le site"@fr', '" "@fr'),
    ],
    "A figure has one measure": [
        ("ptce:measure ex:measured ;", ""),
        ("ptce:measure ex:measured", "ptce:measure ex:unit"),
    ],
    "A figure has one value": [
        ("ptce:value 20.0 ;", ""),
        ("ptce:value 20.0", "ptce:value 20.0 , 21.0"),
        ("ptce:value 20.0", 'ptce:value "vingt"^^xsd:decimal'),
        ("ptce:value 20.0", "ptce:value 2.0e1"),
    ],
    "A figure has at most one maximum": [
        ("ptce:valueMax 25.5", "ptce:valueMax 25.5 , 26"),
        ("ptce:valueMax 25.5", 'ptce:valueMax "25.5"'),
    ],
    "The value of a figure does not exceed": [("ptce:value 20.0", "ptce:value 26.0")],
    "A figure has one unit": [
        ("ptce:unit ex:unit ;", ""),
        ("ptce:unit ex:unit", "ptce:unit ex:kind"),
    ],
    "A figure has one precision": [
        ("ptce:precision ex:precise ;", ""),
        ("ptce:precision ex:precise", "ptce:precision ex:kind"),
    ],
    "A figure has one state": [
        ("ptce:precision ex:precise ; ptce:state ex:state ;", "ptce:precision ex:precise ;"),
        ("ex:precise ; ptce:state ex:state", "ex:precise ; ptce:state ex:kind"),
    ],
    "A figure is about a described place": [
        ("ptce:state ex:state ; ptce:place ex:town", "ptce:state ex:state ; ptce:place ex:nowhere"),
    ],
    "A figure has at most one date": [
        ('dcterms:date "2010"^^xsd:gYear', "dcterms:date 2010"),
        ('dcterms:date "2010"^^xsd:gYear', 'dcterms:date "2010"^^xsd:gYear , "2011"^^xsd:gYear'),
    ],
    # characterisations
    "A characterisation has an IRI": [("ex:trait a", "_:trait a")],
    "A characterisation is about one": [
        ("ptce:thing ex:pole ;", ""),
        ("ptce:thing ex:pole", "ptce:thing ex:town"),
        ("ptce:thing ex:pole", "ptce:thing ex:pole , ex:net"),
    ],
    "A characterisation gives one": [
        ("ptce:characteristic ex:char ;", ""),
        ("ptce:characteristic ex:char", "ptce:characteristic ex:kind"),
    ],
    "A characterisation has at most one date": [('"2012-06"^^xsd:gYearMonth', '"juin 2012"')],
    "The shortcut ptce:hasCharacteristic": [
        ("ptce:hasCharacteristic ex:char", "ptce:hasCharacteristic ex:kind"),
    ],
    # criteria, framework and definitions
    "A criterion has an IRI": [("ex:crit a", "_:crit a")],
    "A criterion belongs to one list": [
        ("ptce:criteriaList ex:critlist ;", ""),
        ("ptce:criteriaList ex:critlist", "ptce:criteriaList ex:kind"),
    ],
    "A criterion has one position": [
        ("ptce:position 1 ;", ""),
        ("ptce:position 1", "ptce:position 0"),
        ("ptce:position 1", "ptce:position 1.0"),
        ("ptce:position 1", "ptce:position 1 , 2"),
    ],
    "A framework item has an IRI": [("ex:aim", "_:aim")],
    "A framework item has one level": [
        ("ptce:level ex:level ;", ""),
        ("ptce:level ex:level", "ptce:level ex:legible"),
    ],
    "A framework item has one legibility": [
        ("ptce:legibility ex:legible ;", ""),
        ("ptce:legibility ex:legible", "ptce:legibility ex:level"),
    ],
    "A framework item follows from": [
        ("skos:broader ex:aim", "skos:broader ex:level"),
        ("skos:broader ex:aim", "skos:broader ex:aim , ex:sign"),
    ],
    "A definition has an IRI": [("ex:what a", "_:what a")],
    "A definition has one dimension": [
        ("ptce:dimension ex:dim ;", ""),
        ("ptce:dimension ex:dim", "ptce:dimension ex:kind"),
    ],
    "A definition has one text": [
        ('"Un groupe."@fr , ', ""),
        ('"Un groupe."@fr', '"Un groupe."@fr , "Un pôle."@fr'),
        ('"Un groupe."@fr', '" "@fr'),
    ],
    # periods
    "A period has an IRI": [("ex:span", "_:span")],
    "A period has a beginning, an end": [
        (" ; time:hasBeginning ex:start ; time:hasEnd ex:end", ""),
    ],
    "A period has only one beginning": [
        ("hasBeginning ex:start", "hasBeginning ex:start , ex:day"),
    ],
    "A period has only one end": [("hasEnd ex:end", "hasEnd ex:end , ex:day")],
    "An instant has an IRI": [("ex:day", "_:day")],
    "An instant has one date": [
        (' ; time:inXSDDate "2009-03-01"^^xsd:date', ""),
        ("time:inXSDDate", 'time:inXSDgYear "2009"^^xsd:gYear ; time:inXSDDate'),
    ],
    "time:inXSDgYear takes": [('time:inXSDgYear "2007"^^xsd:gYear', 'time:inXSDgYear "2007"')],
    "time:inXSDgYearMonth takes": [('"2009-03"^^xsd:gYearMonth', '"2009-13"^^xsd:gYearMonth')],
    "time:inXSDDate takes": [('"2009-03-01"^^xsd:date', '"2009"^^xsd:gYear')],
    # places
    "A place has an IRI": [("ex:area", "_:area")],
    "A place has one type": [
        ('"Ville"@fr ; ptce:placeType ex:ptype', '"Ville"@fr'),
        ("placeType ex:ptype", "placeType ex:kind"),
    ],
    "A place is within": [("ptce:within ex:area", "ptce:within ex:nowhere")],
    "A place has at most one latitude": [
        ("geo:lat 44.93", "geo:lat 90.01"),
        ("geo:lat 44.93", "geo:lat -90.01"),
        ("geo:lat 44.93", "geo:lat 44.93 , 44.94"),
        ("geo:lat 44.93", 'geo:lat "44,93"'),
    ],
    "A place has at most one longitude": [
        ("geo:long 4.89", "geo:long 180.5"),
        ("geo:long 4.89", "geo:long -181.0"),
        ("geo:long 4.89", 'geo:long "4.89"'),
    ],
    "A place has at most one end": [
        ('"2015-12-31"^^xsd:date', '"2015"'),
        ('"2015-12-31"^^xsd:date', '"2015-12-31"^^xsd:date , "2016"^^xsd:gYear'),
    ],
    "A place is succeeded by": [("ptce:successor ex:town", "ptce:successor ex:nowhere")],
    "The INSEE code is": [('"2A004"', '"1004"'), ('"2A004"', '"01004" , "01005"')],
    # sources and passages
    "A source has an IRI": [("ex:source", "_:source")],
    "A source has a title": [('dcterms:title "Note"@fr ;', ""), ('"Note"@fr', '" "@fr')],
    "A source names the file": [('ptce:originalFile "note.txt" ;', "")],
    "A source has at most one date": [('dcterms:date "2011"^^xsd:gYear', 'dcterms:date "2011"')],
    "The note on the date": [('"as printed"@en', "ex:note")],
    "A passage has an IRI": [("ex:passage", "_:passage")],
    "A passage is part of one source": [
        ("dcterms:isPartOf ex:source ;", ""),
        ("isPartOf ex:source", "isPartOf ex:net"),
    ],
    "A passage names its section": [('ptce:section "1"@fr ;', "")],
    "A passage gives its line": [('"3-12"', '"l. 3"'), ('"3-12"', '"0"'), ('"3-12"', '"3" , "4"')],
    # numbers in registers
    "is an adms:Identifier with an IRI": [
        ("ex:number", "_:number"),
        ("ex:number a adms:Identifier ;", "ex:number"),
    ],
    "A number in a register has one notation": [
        ('; skos:notation "552120222"', ""),
        ('"552120222"', '"552120222" , "356000000"'),
        ('"552120222"', '"552 120 222"'),
        ('"552120222"', "552120222"),
    ],
    "A number bears the name": [('rdfs:label "FINESS" ;', "")],
    "A SIREN has 9 digits": [
        ('"552120222"', '"55212022"'),
        ('"SIREN"', '"SIRET"'),
        ('"SIREN"', '"RNA"'),
    ],
    # identity judgements
    "An identity judgement has an IRI": [("ex:same a", "_:same a")],
    "A judgement compares a first thing": [
        ("ptce:firstThing ex:net ;", ""),
        ("ptce:firstThing ex:net", "ptce:firstThing ex:other"),
    ],
    "A judgement has one second thing": [("ptce:secondThing ex:other ;", "")],
    "A judgement concludes": [("ptce:judgement ex:judged", "ptce:judgement ex:kind")],
    "A judgement gives its reason": [('"même site"@fr', '" "@fr')],
    # assessments
    "An assessment has an IRI": [("ex:answer", "_:answer")],
    "An assessment is about one pole": [
        ("ptce:assessedThing ex:pole", "ptce:assessedThing ex:pole , ex:net"),
        ("ptce:assessedThing ex:pole", "ptce:assessedThing ex:town"),
    ],
    "An assessment is about one criterion": [
        (" ; ptce:assessedCriterion ex:crit", ""),
        ("ptce:assessedCriterion ex:crit", "ptce:assessedCriterion ex:aim"),
    ],
    "An assessment has one value": [
        ("ptce:assessmentValue ex:worth ; ptce:decidingFact", "ptce:decidingFact"),
        ("ptce:assessmentValue ex:worth", "ptce:assessmentValue ex:worth , ex:judged"),
        ("ptce:assessmentValue ex:worth", "ptce:assessmentValue ex:judged"),
    ],
    "An assessment comes from one": [
        ("prov:wasAttributedTo ex:program ; ", ""),
        ("ex:author a prov:Organization", "ex:author a prov:Person"),
        ("prov:wasAttributedTo ex:author", "prov:wasAttributedTo ex:author , ex:program"),
    ],
    "An assessment leads by prov:wasDerivedFrom": [
        (
            "ex:opinion ;\n  prov:wasDerivedFrom ex:passage",
            "ex:opinion ; prov:wasDerivedFrom ex:net",
        ),
    ],
    "A fact that the assessment shows": [
        ("ptce:decidingFact ex:mem", 'ptce:decidingFact "mem"'),
        ("ptce:consideredFact ex:fig", "ptce:consideredFact [ ]"),
    ],
    "A threshold is written": [('"min=5"', '"5"'), ('"min=5"', "5"), ('"min=5"', '"min="')],
    "An assessment has at most one date": [
        ('"2024"^^xsd:gYear', '"2024"'),
        ('"2024"^^xsd:gYear', '"2024"^^xsd:gYear , "2025"^^xsd:gYear'),
    ],
    "An assessment gives way": [("isReplacedBy ex:opinion", "isReplacedBy ex:author")],
    "A rule that answers anything": [
        ("ptce:decidingFact ex:mem ; ", ""),
        (" ;\n  prov:wasDerivedFrom ex:passage .\nex:opinion", " .\nex:opinion"),
    ],
    "The assessment of an organisation has": [
        ('dcterms:date "2024"^^xsd:gYear ; ', ""),
        (' ; ptce:reason "vu sur place"', ""),
        ('"vu sur place"', '" "'),
    ],
    # codes
    "A code is a skos:Concept": [("ex:judged a skos:Concept", "ex:judged a skos:Collection")],
    "A code has one notation": [
        ('skos:notation "form" ;', ""),
        ('skos:notation "form"', 'skos:notation "Form 1"'),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SHAPES)


def messages(data: str, shapes: Graph) -> set[str]:
    """The English messages of what is wrong with ``data``."""
    conforms, report, _text = validate(
        Graph().parse(data=data, format="turtle"), shacl_graph=shapes
    )
    found = {str(m) for m in report.objects(None, SH.resultMessage) if m.language == "en"}
    assert conforms == (not found)
    return found


def test_the_shapes_are_valid_shacl(shapes: Graph) -> None:
    conforms, _report, text = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_good_data_conform(shapes: Graph) -> None:
    assert messages(GOOD, shapes) == set()


def test_two_sources_may_disagree(shapes: Graph) -> None:
    both = GOOD + 'ex:net schema:foundingDate "2008-01"^^xsd:gYearMonth ; ptce:legalForm ex:form2 .'
    both += 'ex:form2 a skos:Concept ; skos:inScheme code:legal-forms ; skos:notation "form2" ; '
    both += 'skos:prefLabel "form2"@fr .'
    assert messages(both, shapes) == set()


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [(rule, old, new) for rule, edits in BROKEN.items() for old, new in edits],
)
def test_bad_data_are_refused(rule: str, old: str, new: str, shapes: Graph) -> None:
    assert old in GOOD
    assert any(rule in message for message in messages(GOOD.replace(old, new), shapes))


def test_every_rule_has_its_bad_data(shapes: Graph) -> None:
    texts = set(shapes.objects(None, SH.message))
    english = {str(t) for t in texts if isinstance(t, Literal) and t.language == "en"}
    assert len(english) >= 50
    assert {m for m in english if not any(rule in m for rule in BROKEN)} == set()
    assert {r for r in BROKEN if sum(r in m for m in english) != 1} == set()


def test_every_message_is_in_both_languages(shapes: Graph) -> None:
    for shape in set(shapes.subjects(SH.message)):
        languages = sorted(m.language for m in shapes.objects(shape, SH.message))
        assert languages == ["en", "fr"]
