"""Answers that take several turns or touch subscriptions."""
