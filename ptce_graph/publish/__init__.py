"""The dataset as files that others can take."""
