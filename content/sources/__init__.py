"""Typed clients of live data, one folder a source; none knows another."""
