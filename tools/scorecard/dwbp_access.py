"""Best practices 17 to 20 and 23 to 26: downloads, content negotiation, and the API.

What has to be online is not met before it is: the software that answers is told
as evidence, with what was tried of it here.
"""

from __future__ import annotations

from scorecard.evidence import VOID, Evidence
from scorecard.model import Answer, Question

_SD = "http://www.w3.org/ns/sparql-service-description#"


def _bulk(told: Evidence) -> Answer:
    whole = set(told.void.objects(told.dataset, VOID.dataDump))
    right, text = told.harvested()
    return right and bool(whole), f"void.ttl: {len(whole)} void:dataDump; {text}"


def _subsets(told: Evidence) -> Answer:
    from rdflib import URIRef

    graphs = set(told.void.objects(None, URIRef(_SD + "name")))
    tables = [path for path in told.files if path.startswith("data/csv/") and path.endswith(".csv")]
    return bool(graphs and tables), (
        f"void.ttl: {len(graphs)} named graphs as subsets; {len(tables)} CSV tables; "
        "one thing by ptce-graph export --entity"
    )


def _negotiated(told: Evidence) -> Answer:
    from ptce_graph.server.negotiation import GRAPH_FORMATS, acceptable

    right = [form for form in GRAPH_FORMATS if acceptable(form.media_type, GRAPH_FORMATS) == form]
    rules = told.text("docs/w3id/.htaccess").count("RewriteCond %{HTTP_ACCEPT}")
    text = (
        f"ptce-graph serve gives {len(right)} of {len(GRAPH_FORMATS)} RDF formats by Accept, "
        f"docs/w3id/.htaccess has {rules} conditions on Accept"
    )
    if len(right) < len(GRAPH_FORMATS) or not rules:
        return False, text
    online, where = told.registered()
    return online, f"{where}; ready: {text}"


def _real_time(told: Evidence) -> Answer:
    frequency = told.about.frequency
    if frequency in ("", "continuous"):
        return None, "dataset.yml does not say how often the data change"
    documents = len(told.release.facts.tables.documents)
    return True, (
        f"asked only of data made in real time: these come from {documents} documents, "
        f"frequency {frequency}"
    )


def _api(told: Evidence) -> Answer:
    if told.about.endpoint:
        return None, f"to be asked: {told.about.endpoint}"
    return (
        False,
        "dataset.yml names no public endpoint; ptce-graph serve gives one to who runs it",
    )


def _description(endpoint: str) -> tuple[set[str], int]:
    """The properties of the service description, and how many formats of results it names."""
    from rdflib import Graph, URIRef

    from ptce_graph.server.description import service_description
    from ptce_graph.server.negotiation import GRAPH_FORMATS

    content = service_description(endpoint, {}, GRAPH_FORMATS[0])
    graph = Graph().parse(data=content, format="turtle")
    formats = set(graph.objects(None, URIRef(_SD + "resultFormat")))
    return {str(p).removeprefix(_SD) for p in graph.predicates()}, len(formats)


def _standards(_told: Evidence) -> Answer:
    said, formats = _description("https://example.org/sparql")
    return formats > 0 and "supportedLanguage" in said, (
        "SPARQL 1.1 Query and Protocol over HTTP: the service description of ptce-graph serve "
        f"names {formats} formats"
    )


def _documented(told: Evidence) -> Answer:
    said, _formats = _description("https://example.org/sparql")
    questions = [path for path in told.files if path.startswith("queries/")]
    guide = bool(told.text("docs/bigger-than-one-machine.md"))
    return "endpoint" in said and bool(questions) and guide, (
        f"SPARQL 1.1 Service Description; {len(questions)} questions in queries/ as examples; "
        f"docs/bigger-than-one-machine.md {'tells' if guide else 'is missing: nothing tells'} "
        "how to query and load an endpoint"
    )


def _stable(told: Evidence) -> Answer:
    import re

    rule = "never removed" in re.sub(r"\s+", " ", told.text("ontology/CHANGELOG.md"))
    return rule, (
        "the API is SPARQL 1.1, which we do not change; of the terms it answers with, none is "
        "removed or given another meaning (ontology/CHANGELOG.md)"
        if rule
        else "ontology/CHANGELOG.md has no rule on terms that were published"
    )


#: The practices of access, in order: 17 to 20, then 23 to 26.
ACCESS: tuple[Question, ...] = (
    ("BP17", "Provide bulk download", _bulk),
    ("BP18", "Provide subsets for large datasets", _subsets),
    ("BP19", "Use content negotiation for serving data in multiple formats", _negotiated),
    ("BP20", "Provide real-time access", _real_time),
    ("BP23", "Make data available through an API", _api),
    ("BP24", "Use Web standards as the foundation of APIs", _standards),
    ("BP25", "Provide complete documentation for your API", _documented),
    ("BP26", "Avoid breaking changes to your API", _stable),
)
