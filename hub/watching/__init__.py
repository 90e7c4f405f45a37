"""How a process says how it is."""
