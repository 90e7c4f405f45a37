"""The first page: what waits for whoever signed in."""
