"""How fast each provider may be called, by all our processes together."""
