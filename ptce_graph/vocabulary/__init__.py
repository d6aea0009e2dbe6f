"""What things are called: ontology terms, code lists, IRIs."""
