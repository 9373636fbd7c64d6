"""Staff users and their groups."""
