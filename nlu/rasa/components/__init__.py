"""The two components of our own in the Rasa pipeline."""
