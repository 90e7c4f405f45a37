"""Messages that residents left for the office."""
