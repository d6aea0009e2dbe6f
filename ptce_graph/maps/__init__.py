"""Networks as maps: one map model, several writers."""
