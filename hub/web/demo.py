"""Puts the pages of the demo together."""

from hub.bootstrap import Foundation
from hub.messaging.channels import subscriptions
from hub.web import panel
from notifier.demo import Demo


def demo_of(base: Foundation) -> Demo:
    """Return what the pages of the demo work with."""
    return Demo(base.database, subscriptions(base), base.clock, base.city.air_station.id)


async def say_demo_staff(base: Foundation) -> None:
    """Print how the staff accounts of the demo log in; every start gives them new passwords."""
    for invited in await panel.demo_staff(base.database, base.clock):
        print(f"Panel /panel: {invited.name}, hasło jednorazowe {invited.password}", flush=True)
