"""The language model: served, measured, taught, put in service."""
