"""What changed between two releases, fact by fact."""
