"""What the public may know: the Directory with its entries, its codes, and searching it. No Django."""
