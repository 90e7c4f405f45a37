"""The kernel every room stands on: settings, clock, errors, database, redis, http, masking, logging, text."""
