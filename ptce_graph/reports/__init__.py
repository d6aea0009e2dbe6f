"""The report of an analysis: text, tables and figures, as HTML and Markdown."""
