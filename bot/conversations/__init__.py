"""What is remembered of a conversation: its context and its masked transcript."""
