"""Teaching the assistant: what it did not understand, what it was taught, and the models made from it."""
