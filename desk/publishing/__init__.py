"""公開する: what would change, who approves, past Releases."""
