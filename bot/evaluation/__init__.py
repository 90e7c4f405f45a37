"""How well the assistant understands: written dialogues are played to it, thresholds are weighed by their cost."""
