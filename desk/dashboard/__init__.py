"""The desk's front page: what needs somebody's attention."""
