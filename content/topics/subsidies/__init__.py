"""Grants for heating: what each programme gives, as far as a dated source confirms it."""
