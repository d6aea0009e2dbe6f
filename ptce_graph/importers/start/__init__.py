"""A first data folder and empty templates of the tables, each column explained."""
