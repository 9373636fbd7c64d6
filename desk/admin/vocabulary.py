"""Worries, age bands and audience tags."""
