"""The analyses: one registry, one entry per kind of table.

The command, the report, the documentation and the Python API read it. Adding
one: write the function (a ``Study`` and a ``Request`` in, an ``Outcome`` out),
add its line to ``ANALYSES`` with a description of each column.
"""

from __future__ import annotations

from ptce_graph.analysis import group_tables, tie_tables
from ptce_graph.analysis.result import Analysis
from ptce_graph.analysis.routes import REMOVAL_ITEMS
from ptce_graph.errors import unknown_choice
from ptce_graph.i18n import gettext as _
from ptce_graph.i18n import mark

_ID = mark("Identifier.")
_FACTS = mark("The facts it rests on.")
_SOURCES = mark("The documents that say so.")
_NETWORK_A = mark("First network, in alphabetical order.")
_NETWORK_B = mark("Second network.")
_KINDS = mark("Kinds of links.")
_TYPE = mark("Organisation, network, pole or cooperation.")

ANALYSES: dict[str, Analysis] = {
    analysis.name: analysis
    for analysis in (
        Analysis(
            "nodes",
            mark("Measures of organisations and poles"),
            mark("Centrality, structural holes and memberships of each organisation and pole."),
            "Wasserman, S. and Faust, K., Social Network Analysis, Cambridge University Press, "
            "1994",
            {
                "id": _ID,
                "name": mark("Name."),
                "type": _TYPE,
            },
            tie_tables.nodes_table,
            takes=("measures", "pivots", "engine", "seed"),
        ),
        Analysis(
            "memberships",
            mark("Multi-membership"),
            mark("How many networks and poles each organisation belongs to, and which."),
            "Breiger, R. L., The duality of persons and groups, Social Forces 53, 1974",
            {
                "id": _ID,
                "networks": mark("Number of networks it belongs to."),
                "poles": mark("Number of poles it belongs to or carries."),
                "in_networks": mark("These networks."),
                "in_poles": mark("These poles."),
                "facts": _FACTS,
                "sources": _SOURCES,
            },
            group_tables.memberships_table,
            actors=("id", "in_networks", "in_poles"),
            projection="affiliation",
            only_projection=True,
        ),
        Analysis(
            "overlap",
            mark("Overlap of networks and poles"),
            mark(
                "Members that each pair of networks has in common, beside what chance would give "
                "to networks of these sizes and members of these numbers of memberships."
            ),
            "Strona, G. et al., A fast and unbiased procedure to randomize ecological binary "
            "matrices with fixed row and column totals, Nature Communications 5, 2014",
            {
                "group_a": mark("First network or pole, in alphabetical order."),
                "group_b": mark("Second network or pole."),
                "size_a": mark("Members of the first."),
                "size_b": mark("Members of the second."),
                "shared": mark("Members of both."),
                "union": mark("Members of either."),
                "jaccard": mark("Shared by union, 0 to 1."),
                "overlap": mark("Shared by the size of the smaller, 0 to 1."),
                "expected": mark("Mean number shared by chance."),
                "lift": mark("Shared by expected; 1 is chance. Not defined when none is expected."),
                "p_more": mark("Chance of as many shared or more."),
                "p_fewer": mark("Chance of as few shared or fewer."),
                "facts": _FACTS,
                "sources": _SOURCES,
            },
            group_tables.overlap_table,
            takes=("grouping", "between", "samples", "seed"),
            actors=("group_a", "group_b"),
            projection="affiliation",
            only_projection=True,
        ),
        Analysis(
            "two-mode",
            mark("Centrality in two modes"),
            mark(
                "Degree, closeness and betweenness of members and of the networks and poles they "
                "belong to, scaled by mode. In a network of several parts, closeness compares "
                "within a part only."
            ),
            "Borgatti, S. P. and Everett, M. G., Network analysis of 2-mode data, Social Networks "
            "19, 1997",
            {
                "id": _ID,
                "mode": mark("As a member, or as a group (network or pole)."),
                "degree": mark("Share of the other mode that it is tied to, 0 to 1."),
                "closeness": mark(
                    "Closeness, scaled by what its mode allows and by the size of its part; it "
                    "may pass 1 where there are several parts."
                ),
                "part": mark("Number of its part of the network, 0 the largest."),
                "betweenness": mark("Betweenness, 0 to 1."),
            },
            group_tables.two_mode_table,
            takes=("pivots", "seed"),
            actors=("id",),
            projection="affiliation",
            only_projection=True,
        ),
        Analysis(
            "bridges",
            mark("Bridges between networks"),
            mark(
                "An organisation bridges two networks by belonging to both, a pole by the "
                "organisations attached to it. An action of more than two partners attaches "
                "nobody, even where both networks take part in it."
            ),
            "ptce-graph, analysis/bridges.py; held: Borgatti, S. P., Carley, K. M. and "
            "Krackhardt, D., On the robustness of centrality measures under conditions of "
            "imperfect data, Social Networks 28, 2006",
            {
                "network_a": _NETWORK_A,
                "network_b": _NETWORK_B,
                "bridge": mark("What ties them."),
                "type": _TYPE,
                "through_a": mark("Organisations through which it reaches the first."),
                "through_b": mark("Organisations through which it reaches the second."),
                "documents": mark("Number of documents that say so."),
                "rests_on": mark("The fewest facts whose loss would undo it."),
                "held": mark(
                    "Share of the draws, each losing part of the facts, in which it stays."
                ),
                "lost_without": mark("Documents without which it is no bridge."),
                "sources": _SOURCES,
                "facts": _FACTS,
            },
            tie_tables.bridges_table,
            takes=("between", "drop", "samples", "seed"),
            actors=("network_a", "network_b", "bridge", "through_a", "through_b"),
        ),
        Analysis(
            "brokerage",
            mark("Brokerage between groups"),
            mark(
                "Pairs of neighbours not tied to each other that each node stands between, by the "
                "groups of the three. Several groups count in equal parts; ends need a group, a "
                "broker without one is a group of its own; a tie has no direction, so gatekeeper "
                "and representative share their pairs."
            ),
            "Gould, R. V. and Fernandez, R. M., Structures of mediation: a formal approach to "
            "brokerage in transaction networks, Sociological Methodology 19, 1989",
            {
                "id": _ID,
                "coordinator": mark("All three in one group."),
                "itinerant": mark("The ends in one group, the broker in another."),
                "gatekeeper": mark("The broker in the group of the one who receives."),
                "representative": mark("The broker in the group of the one who sends."),
                "liaison": mark("All three in different groups."),
                "total": mark("All pairs."),
                "between": mark("Pairs whose ends are in different groups (brokering activity)."),
            },
            group_tables.brokerage_table,
            takes=("grouping",),
            actors=("id",),
        ),
        Analysis(
            "mixing",
            mark("Ties within and between groups"),
            mark(
                "Ties and their density within and between groups; the E–I index is (external - "
                "internal)/(external + internal), -1 when all ties stay inside, 1 when all leave."
            ),
            "Krackhardt, D. and Stern, R. N., Informal networks and organizational crises, Social "
            "Psychology Quarterly 51, 1988; Newman, M. E. J., Mixing patterns in networks, "
            "Physical Review E 67, 2003",
            {
                "group_a": mark("First group."),
                "group_a_name": mark("Its name."),
                "group_b": mark("Second group, or the first again for ties within it."),
                "group_b_name": mark("Its name."),
                "ties": mark("Number of ties; those of nodes in several groups count in parts."),
                "pairs": mark("Number of possible ties."),
                "density": mark("Ties by pairs, 0 to 1."),
                "ei": mark("E–I index of the group, -1 to 1."),
            },
            group_tables.mixing_table,
            takes=("grouping",),
        ),
        Analysis(
            "communities",
            mark("Communities found, beside the groups declared"),
            mark(
                "Parts of the network that are tied more inside than chance would have it, found "
                "by the Louvain method, beside the groups that the documents declare."
            ),
            "Blondel, V. D. et al., Fast unfolding of communities in large networks, Journal of "
            "Statistical Mechanics, 2008; Danon, L. et al., Comparing community structure "
            "identification, Journal of Statistical Mechanics, 2005; Hubert, L. and Arabie, P., "
            "Comparing partitions, Journal of Classification 2, 1985",
            {
                "community": mark("Number of the community, 0 the largest."),
                "size": mark("Number of nodes in it."),
                "id": _ID,
                "declared": mark("The groups it belongs to by the documents."),
            },
            group_tables.communities_table,
            takes=("grouping", "seed"),
            actors=("id",),
        ),
        Analysis(
            "path",
            mark("Shortest path"),
            mark("One shortest path between two organisations, networks or poles, fact by fact."),
            "Dijkstra, E. W., A note on two problems in connexion with graphs, Numerische "
            "Mathematik 1, 1959",
            {
                "step": mark("Number of the step."),
                "from": mark("From."),
                "to": mark("To."),
                "kinds": _KINDS,
                "facts": _FACTS,
                "sources": _SOURCES,
            },
            tie_tables.path_table,
            takes=("between",),
            needs=("between",),
            actors=("from", "to"),
        ),
        Analysis(
            "cut",
            mark("Smallest cut"),
            mark(
                "The fewest nodes whose loss would leave no path between the two: one such set, "
                "that nearest to the first; others of this size may exist."
            ),
            "Menger, K., Zur allgemeinen Kurventheorie, Fundamenta Mathematicae 10, 1927",
            {"node": mark("A node of the cut."), "type": _TYPE},
            tie_tables.cut_table,
            takes=("between",),
            needs=("between",),
            actors=("node",),
        ),
        Analysis(
            "cut-points",
            mark("Organisations whose loss would cut two networks apart"),
            mark("For each pair of networks, the nodes that every path between them passes by."),
            "Hopcroft, J. and Tarjan, R., Algorithm 447, Communications of the ACM 16, 1973",
            {
                "network_a": _NETWORK_A,
                "network_b": _NETWORK_B,
                "node": mark("The node whose loss cuts them apart."),
                "type": _TYPE,
            },
            tie_tables.cut_points_table,
            takes=("between",),
            actors=("network_a", "network_b", "node"),
        ),
        Analysis(
            "bridge-links",
            mark("Ties whose loss would cut the network"),
            mark("Ties that no other path replaces, with how many nodes each holds."),
            "Tarjan, R. E., A note on finding the bridges of a graph, Information Processing "
            "Letters 2, 1974",
            {
                "from": mark("One end."),
                "to": mark("Other end."),
                "kinds": _KINDS,
                "smaller_side": mark("Number of nodes that its loss would cut off."),
                "facts": _FACTS,
                "sources": _SOURCES,
            },
            tie_tables.bridge_links_table,
            actors=("from", "to"),
        ),
        Analysis(
            "removal",
            mark("What a loss would change"),
            mark("The network before and after the loss of some organisations."),
            "Albert, R., Jeong, H. and Barabási, A.-L., Error and attack tolerance of complex "
            "networks, Nature 406, 2000",
            {
                "item": mark("What is counted."),
                "before": mark("Before."),
                "after": mark("After."),
            },
            tie_tables.removal_table,
            takes=("removed",),
            needs=("removed",),
            worded={"item": REMOVAL_ITEMS},
        ),
        Analysis(
            "stability",
            mark("Stability of ranks"),
            mark(
                "Ranks when part of the links is lost at random, again and again: the interval "
                "holds 95 % of the draws."
            ),
            "Costenbader, E. and Valente, T. W., The stability of centrality measures when "
            "networks are sampled, Social Networks 25, 2003",
            {
                "measure": mark("The measure."),
                "id": _ID,
                "name": mark("Name."),
                "type": _TYPE,
                "value": mark("Its value on all links."),
                "rank": mark("Its rank on all links, 1 the highest."),
                "rank_low": mark("Low end of the interval of its rank."),
                "rank_high": mark("High end of the interval of its rank."),
                "top10": mark("Share of the draws in which it is among the first ten."),
            },
            tie_tables.stability_table,
            takes=("measures", "pivots", "engine", "drop", "samples", "seed"),
        ),
        Analysis(
            "without-documents",
            mark("Without each document"),
            mark("What the ranks become when one document is left out."),
            "Borgatti, S. P., Carley, K. M. and Krackhardt, D., On the robustness of centrality "
            "measures under conditions of imperfect data, Social Networks 28, 2006",
            {
                "source": mark("The document left out."),
                "measure": mark("The measure."),
                "links_lost": mark("Number of links lost with it."),
                "kendall": mark("Kendall’s tau-b between the ranks with and without it."),
                "top10_kept": mark("Share of the first ten that stay among them."),
                "first": mark("The highest without it."),
            },
            tie_tables.without_documents_table,
            takes=("measures", "pivots", "engine", "seed"),
            actors=("first",),
        ),
    )
}


def analysis_named(name: str) -> Analysis:
    """The analysis called ``name``; ``CallError`` tells the nearest where there is none."""
    if name not in ANALYSES:
        raise unknown_choice(
            _("There is no analysis named {name}.").format(name=name), name, ANALYSES
        )
    return ANALYSES[name]
