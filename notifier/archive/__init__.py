"""Everything the city sent, as residents can look it up later."""
