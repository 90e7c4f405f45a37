"""Who wants which messages, on which channel, with the proof of consent."""
