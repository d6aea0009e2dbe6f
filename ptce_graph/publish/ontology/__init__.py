"""The ontology for people: its pages, picture, files and checks."""
