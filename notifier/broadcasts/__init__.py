"""A message of the city to everyone who asked for its topic."""
