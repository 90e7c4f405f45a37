from tests.notifier.deliveries.world import world

__all__ = ["world"]
