"""What the desk says while an entry is being written: the week that its hours mean, and how its words read."""
