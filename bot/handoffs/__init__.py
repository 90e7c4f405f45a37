"""Messages that residents leave for the office, and what became of each."""
