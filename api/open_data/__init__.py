"""The catalogue to take away, and the page that explains how."""
