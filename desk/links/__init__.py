"""Whether the addresses that entries rest on still open."""
