"""The conversation: understand a message, answer it, remember what was said."""
