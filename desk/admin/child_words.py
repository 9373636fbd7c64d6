"""The children's articles."""
