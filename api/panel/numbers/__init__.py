"""Figures: what residents ask, how they are served, who wants messages and what becomes of them."""
