"""Networks as measures."""
