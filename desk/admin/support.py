"""Supports, on one page with what belongs to them."""
