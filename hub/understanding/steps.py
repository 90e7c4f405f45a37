"""Steps with models at the command line: written down in the audit log like those of the panel."""

import asyncio

from bot.teaching import repository
from core.audit.service import Deed, record
from core.settings import Settings
from core.staff.actor import Actor
from core.staff.permissions import Permission
from hub.commands.base import command_base, named
from nlu.model import code_fingerprint
from nlu.record import Registry
from nlu.store import ModelStore


def promoter(by: str) -> Actor:
    """Return who puts models in service at the command line; raise `HubError` when the name says nothing."""
    return named(by, Permission.PROMOTE_MODELS)


async def put_in_service(settings: Settings, actor: Actor, store: ModelStore, name: str) -> None:
    """Put a model that passed the gate in service in the place of the one it was compared with.

    The registry is changed last, so that nothing is in service that is not written down. Raises `ModelUnusable`.
    """
    actor.require(Permission.PROMOTE_MODELS)
    examined = store.get(name)
    before = examined.against if examined else None
    async with command_base(settings) as base, base.database.write() as session:
        deed = Deed("model.promoted", f"models/{name}", {"model": before}, {"model": name})
        await record(session, actor.name, deed, base.clock.now())
        await asyncio.to_thread(store.replace, before, name)


async def return_to_previous(settings: Settings, actor: Actor, store: ModelStore) -> Registry:
    """Return to the model before; raise `ModelUnusable` when there is none of this release."""
    actor.require(Permission.PROMOTE_MODELS)
    seen = store.registry()
    async with command_base(settings) as base, base.database.write() as session:
        now, left, wanted = base.clock.now(), str(seen.current), str(seen.previous)
        await repository.move(session, "promoted", "rolled_back", actor.name, now, left)
        await repository.move(session, "rolled_back", "promoted", actor.name, now, wanted)
        deed = Deed("model.rolled_back", f"models/{left}", {"model": left}, {"model": wanted})
        await record(session, actor.name, deed, now)
        return await asyncio.to_thread(store.roll_back, code_fingerprint())
