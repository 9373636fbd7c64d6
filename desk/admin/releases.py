"""Past Releases, read only."""
