"""RDF for others: serialisations, JSON-LD, what is said of one thing."""
