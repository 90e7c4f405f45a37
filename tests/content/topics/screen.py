"""What fits the screen of a phone, as one answer should."""

SCREEN = 600
"""About as many characters stand there at once."""
