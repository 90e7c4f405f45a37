"""Smog alerts: what runs, what waits for a decision, what went out, and the rules that make them."""
