"""The conversation by SMS: what comes in, and answers short enough to be sent."""
