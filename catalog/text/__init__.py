"""Text: readings, plain language, telephone numbers, Markdown, spreadsheet cells. Imports nothing of the project."""
