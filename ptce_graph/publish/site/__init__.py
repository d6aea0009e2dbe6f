"""The static site: every page of it rendered on demand, or all written to a folder."""

from ptce_graph.publish.site.site import Site

__all__ = ["Site"]
