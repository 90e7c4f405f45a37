"""The history of the database; it gathers the tables of every room."""
