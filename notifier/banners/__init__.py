"""One urgent sentence above every page of the city, from a moment to a moment."""
