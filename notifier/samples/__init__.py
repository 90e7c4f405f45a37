"""An announcement sent to its author first, on the author's own phone."""
