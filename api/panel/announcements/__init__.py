"""Announcements of the city, from the first word to the account of every message."""
