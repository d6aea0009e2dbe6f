"""A release loaded into a SPARQL 1.1 server."""
