"""Calls from the providers of channels, each known by its own proof."""
