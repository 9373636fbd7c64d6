"""Opening hours: how they are understood, typed, and put into words."""
