"""What is kept of one person across the product: shown to them, and erased when they ask."""
