"""What one text means by itself, whatever was said before it."""
