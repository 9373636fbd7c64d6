"""The draft as it would be published: loaded like a Release, or what is broken in it."""
