"""The catalogue's public pages: views, cards, structured data."""
