"""A release for harvesters: its folder, DCAT-AP catalogue, VoID description."""
