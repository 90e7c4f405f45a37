"""Takes the pictures of the documents from the running demo: `python -m docs.pictures`."""
