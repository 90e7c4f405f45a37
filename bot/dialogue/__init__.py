"""What a message means inside its conversation, and what the conversation remembers."""
