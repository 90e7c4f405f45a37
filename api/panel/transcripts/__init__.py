"""Masked conversations, to be searched and read."""
