"""Who works in the panel."""
