"""Shortcuts that let questions start from few facts, made again from the n-ary nodes.

What takes a look at every cooperation or membership of the graph (who attaches to a
pole, who meets again, what two documents tell) is found here once, by column; the
questions read it, and the facts behind it, and answer as they would without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ptce_graph.vocabulary import terms

if TYPE_CHECKING:
    from pandas import DataFrame

    from ptce_graph.dataset.triples import Builder

#: The role of a pole that a cooperation is about.
_ABOUT = "pole"


def add_ties(builder: Builder) -> None:
    """The quads of this module, in the graph of shortcuts."""
    participations = builder.facts.frames["participations"]
    graph = builder.graph("shortcuts")
    add = builder.quads.add_column
    attached = attachments(builder, participations)
    parts = builder.things("participation", attached["fact"])
    add(parts, terms.PTCE_ATTACHES_TO, builder.actors_of(attached["pole"]), graph)
    again = meetings(participations)
    cooperations = builder.things("cooperation", again["cooperation"])
    add(builder.actors_of(again["partner"]), terms.PTCE_MEETS_AGAIN_IN, cooperations, graph)
    alike = retellings(builder.facts.frames["memberships"])
    one, other = (builder.things("membership", alike[name]) for name in ("fact", "fact_too"))
    add(one, terms.PROV_ALTERNATE_OF, other, graph)


def attachments(builder: Builder, participations: DataFrame) -> DataFrame:
    """The participations by which somebody is attached to a pole: ``fact``, ``pole``.

    The cooperation is not planned, and it is one of two partners, or one that is about
    the pole. Nobody is attached to oneself.
    """
    cooperations = builder.facts.frames["cooperations"]
    planned = cooperations.loc[cooperations["state"] == "prevu", "id"]
    done = participations.loc[~participations["cooperation"].isin(planned)]
    is_pole = done["partner"].map(builder.types) == "pole"
    poles = done.loc[is_pole, ["cooperation", "partner", "role"]].drop_duplicates()
    done = done.loc[done["cooperation"].isin(poles["cooperation"])]
    partners = done.groupby("cooperation", sort=False)["partner"].nunique()
    poles = poles.loc[(poles["role"] == _ABOUT) | (poles["cooperation"].map(partners) == 2)]
    poles = poles.rename(columns={"partner": "pole"})[["cooperation", "pole"]].drop_duplicates()
    both = done[["cooperation", "partner", "fact"]].merge(poles, on="cooperation")
    return both.loc[both["partner"] != both["pole"], ["fact", "pole"]].drop_duplicates()


def meetings(participations: DataFrame) -> DataFrame:
    """Who takes part where together with somebody met elsewhere too: ``partner``, ``cooperation``.

    Planned cooperations count as others do: who reads them says which they are.
    """
    partners = participations[["cooperation", "partner"]].drop_duplicates()
    # Numbers are compared sooner than names.
    numbers = partners.assign(number=partners["partner"].astype("category").cat.codes)
    numbers = numbers.drop(columns="partner")
    pairs = numbers.merge(numbers, on="cooperation", suffixes=("", "_too"))
    pairs = pairs.loc[pairs["number"] < pairs["number_too"]]
    pairs = pairs.loc[pairs.duplicated(["number", "number_too"], keep=False)]
    met = {
        *zip(pairs["cooperation"], pairs["number"], strict=True),
        *zip(pairs["cooperation"], pairs["number_too"], strict=True),
    }
    kept = [met_in in met for met_in in zip(numbers["cooperation"], numbers["number"], strict=True)]
    return partners.loc[kept, ["partner", "cooperation"]]


def retellings(memberships: DataFrame) -> DataFrame:
    """The memberships of one member in one whole by two documents: ``fact``, ``fact_too``."""
    told = memberships[["member", "organisation", "source", "fact"]].drop_duplicates()
    told = told.loc[told.duplicated(["member", "organisation"], keep=False)]
    both = told.merge(told, on=["member", "organisation"], suffixes=("", "_too"))
    return both.loc[both["source"] != both["source_too"], ["fact", "fact_too"]].drop_duplicates()
