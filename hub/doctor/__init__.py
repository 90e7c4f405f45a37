"""Looks a set-up over and says what is right, doubtful and wrong, and what to do; it changes and sends nothing."""
