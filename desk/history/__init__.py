"""これまでの変更: every edit of an entry with the rows that belong to it, seen, compared and taken back."""
