"""Who gets a message on which channel: one set of conditions, used by the preview and by the plan alike."""
