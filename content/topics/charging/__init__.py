"""Electric cars: where to charge them, from the national register of chargers."""
