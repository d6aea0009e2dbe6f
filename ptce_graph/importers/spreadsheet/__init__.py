"""Lists of members, matrices and lists of links, in CSV or a workbook, as tables.

``grid`` finds the header, ``guess`` says what each column is, ``mapping`` (in the
room above) keeps that, and ``members`` and ``links`` make the tables.
"""

from ptce_graph.importers.spreadsheet.read import read

__all__ = ["read"]
