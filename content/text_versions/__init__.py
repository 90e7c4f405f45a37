"""Texts of the city pack as staff changed them: every version is kept, the newest one is said."""
