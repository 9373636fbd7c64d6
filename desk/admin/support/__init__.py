"""Supports, on one page with what belongs to them."""

from .admin import SupportAdmin

__all__ = ["SupportAdmin"]
