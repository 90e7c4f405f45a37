"""Danger to life: first the emergency number, then what to do."""
