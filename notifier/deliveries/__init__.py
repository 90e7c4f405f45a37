"""The deliveries table is the queue: one row per broadcast, contact and channel, each accounted for."""
