"""The HTTP edge: the chat, the pages, health. No logic of its own."""
