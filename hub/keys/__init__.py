"""The keys of what is sealed in the database."""
