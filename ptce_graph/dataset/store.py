"""The store: quads in pyoxigraph, in memory or on disk, and SPARQL over them."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptce_graph.errors import CallError
from ptce_graph.files import write_whole
from ptce_graph.i18n import gettext as _
from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pyoxigraph import Store

NQUADS_FILE = "dataset.nq"
_CURRENT = "current"


def memory_store(nquads: str) -> Store:
    """A store in memory that holds ``nquads``, ready for ``run_query``."""
    from pyoxigraph import Store

    store = Store()
    _load(store, nquads)
    return store


def _load(store: Store, nquads: str) -> None:
    """Load the named graphs, and their merge as the default graph.

    A query over the union of graphs would count a triple once per document
    that says it; over the merge it counts once, as RDF means it.
    """
    from pyoxigraph import RdfFormat

    store.bulk_load(nquads.encode("utf-8"), RdfFormat.N_QUADS)
    # Graph names are IRIs, and an IRI holds no space: the last one ends the triple.
    triples = {line.rsplit(" ", 2)[0] for line in nquads.splitlines()}
    merged = "".join(f"{triple} .\n" for triple in sorted(triples))
    store.bulk_load(merged.encode("utf-8"), RdfFormat.N_TRIPLES)


def write_build(nquads: str, folder: Path) -> Path:
    """Write ``dataset.nq`` and an on-disk store under ``folder``; return the store's path.

    The store stands in a folder named by its content; ``current`` names the
    one in use and is replaced in one step, so that a build stopped at any
    moment leaves the previous one usable.
    """
    from pyoxigraph import Store

    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(nquads.encode("utf-8")).hexdigest()[:16]
    final = folder / f"store-{digest}"
    if not final.exists():
        partial = folder / f".store-{digest}-{os.getpid()}"
        shutil.rmtree(partial, ignore_errors=True)
        store = Store(str(partial))
        _load(store, nquads)
        store.flush()
        del store
        partial.rename(final)
    write_whole(folder / NQUADS_FILE, nquads)
    write_whole(folder / _CURRENT, final.name + "\n")
    for other in folder.glob("store-*"):
        if other != final:
            shutil.rmtree(other, ignore_errors=True)
    return final


def open_build(folder: Path) -> Store:
    """The store that the last finished build left under ``folder``, read-only."""
    from pyoxigraph import Store

    current = folder / _CURRENT
    if not current.exists():
        raise CallError(
            _("{folder} holds no build.").format(folder=folder),
            _("Make one: ptce-graph build -o {folder}").format(folder=folder),
        )
    return Store.read_only(str(folder / current.read_text(encoding="utf-8").strip()))


def run_query(store: Store, text: str) -> Any:
    """The results of a SPARQL query: solutions, triples or a boolean of pyoxigraph.

    Patterns outside ``GRAPH`` match the merge of all graphs; ``GRAPH ?g`` tells
    which document says what. The usual prefixes need not be declared. Raises
    ``CallError`` where the query cannot be read or asks another service.
    """
    try:
        return store.query(text, prefixes=dict(terms.PREFIXES))
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise CallError(
            _("The SPARQL query cannot be answered: {error}").format(error=error),
            _("Names of classes and properties: see ontology/ptce.ttl."),
        ) from error
