"""What the assistant says, changed by staff."""
