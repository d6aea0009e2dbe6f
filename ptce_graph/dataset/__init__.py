"""The facts as RDF: quads, the store, SPARQL, SHACL."""
