"""One's own access: password, second factor, open sessions."""
