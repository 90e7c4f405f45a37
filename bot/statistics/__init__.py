"""Counts of what residents asked and how they were served, by Polish days; nothing in them leads to a person."""
