"""Masked conversations as staff search and read them, with what residents thought of the answers."""
