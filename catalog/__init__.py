"""What help exists: the editing models, publishing, and the frozen Directory that the public pages read."""
