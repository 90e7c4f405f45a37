"""What the city knows and says: places, live data, topics. Knows nothing of channels or of who asks."""
