"""Large invented data, and what analysing it costs."""
