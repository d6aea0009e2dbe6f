"""The facts as typed tables: what they hold, reading them, checking them."""
