"""Processes of the product that say that they are alive, and what each of them is doing."""
