"""The ways out of the house: one folder a provider."""
