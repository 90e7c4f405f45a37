"""Measurements, as ratios and percentiles of one run; nothing here is asserted."""
