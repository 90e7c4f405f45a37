"""The model as a server: its process, kept running, changed without a pause, and the door to it."""
