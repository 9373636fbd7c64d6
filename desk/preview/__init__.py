"""下書きを見る: the public pages with what is not published yet, as of any moment."""
