"""The dataset over HTTP: a SPARQL 1.1 endpoint, the address of every thing, the site.

``run.serve`` starts it. Queries are answered by processes of their own
(``worker``), which ``workers`` bounds and ends; the web side (``app``) holds no
store and stays free to answer others.
"""
