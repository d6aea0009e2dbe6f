"""What makes a PTCE: criteria, profile and typology of each pole, with the evidence."""
