"""Counts of who wants messages and what became of those sent, by Polish days."""
