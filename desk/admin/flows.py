"""Flows, questions and choices."""
