"""Smog episodes: when the official index turns bad, who is told what, and when it is over."""
