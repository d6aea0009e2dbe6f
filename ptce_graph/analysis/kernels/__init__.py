"""Measures on arrays, for networks too large for networkx; same definitions, same values."""
