"""Whom to turn to: the contacts that a source confirms."""
