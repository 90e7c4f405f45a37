"""An announcement of the city: written by one person or by a key, approved by another person, then published."""
