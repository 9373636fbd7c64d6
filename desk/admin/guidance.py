"""FAQ and tips."""
