"""Air quality: the last good snapshot of the city's station, and what is said about it."""
