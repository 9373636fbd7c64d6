"""まちがいの知らせ: what visitors reported, and what became of it."""
