"""The facts as networks."""
