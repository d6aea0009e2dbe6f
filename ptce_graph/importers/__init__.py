"""An outside file becomes tables: member lists, Sirene, data·inclusion, other observatories."""
