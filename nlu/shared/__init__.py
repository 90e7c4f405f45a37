"""Which models there are and which one is in service, in the database: for a panel that cannot see the store's disk.

Decisions and descriptions travel there, never a model: a machine that lacks one trains it from the same sentences.
"""
