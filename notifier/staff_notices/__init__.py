"""Tells the people who look after the service that something needs them: each thing once, never a flood."""
