"""Composition root and command line: puts processes together and holds no logic."""
