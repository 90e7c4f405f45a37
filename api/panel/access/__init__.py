"""Signing in: name and password, second factor, first steps, and proving to be there."""
