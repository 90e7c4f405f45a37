"""Keys of programs: shown once, stored as a digest, limited to what they were given, never able to approve."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.audit.service import Deed, record
from core.clock import Clock
from core.database import Database
from core.secrets import new_token
from core.staff import repository
from core.staff.actor import Actor
from core.staff.errors import ScopeRefusedError, UnknownKeyError
from core.staff.models import ApiKeyRow
from core.staff.names import clean_name
from core.staff.permissions import KEY_SCOPES, Permission
from core.staff.sessions import digest

_PREFIX = "hub_"
_SHOWN = 8
_USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class ApiKey:
    """A key as people see it; moments in UTC."""

    id: int
    name: str
    start: str
    scopes: tuple[Permission, ...]
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None

    def counts(self, now: datetime) -> bool:
        """Whether the key still opens anything."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


class ApiKeys:
    """Makes, lists, revokes and recognises keys."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(
        self, actor: Actor, name: str, scopes: Iterable[Permission], valid: timedelta | None = None
    ) -> str:
        """Make a key and return it in clear, for the only time.

        Raises:
            NameRefusedError: the name cannot be used.
            ScopeRefusedError: it was given nothing, or something that is not for programs.
        """
        actor.require(Permission.MANAGE_KEYS)
        given, shown, now = frozenset(scopes), clean_name(name), self._clock.now()
        if not given or not given <= KEY_SCOPES:
            raise ScopeRefusedError("A key needs at least one scope, and only scopes of programs.")
        token = _PREFIX + new_token()
        row = ApiKeyRow(
            name=shown,
            start=token[: len(_PREFIX) + _SHOWN],
            digest=digest(token),
            scopes=sorted(scope.value for scope in given),
            created_at=now,
            created_by=actor.name,
            expires_at=now + valid if valid else None,
        )
        async with self._database.write() as session:
            session.add(row)
            await session.flush()
            deed = Deed("key.created", f"keys/{row.id}", after={"name": shown, "scopes": row.scopes})
            await record(session, actor.name, deed, now)
        return token

    async def listed(self, actor: Actor) -> tuple[ApiKey, ...]:
        """Return every key, the newest first."""
        actor.require(Permission.MANAGE_KEYS)
        async with self._database.read() as session:
            return tuple(_seen(row) for row in await repository.api_keys(session))

    async def revoke(self, actor: Actor, key_id: int) -> None:
        """Let a key open nothing any more.

        Raises:
            UnknownKeyError: there is no such key, or it is revoked already.
        """
        actor.require(Permission.MANAGE_KEYS)
        async with self._database.write() as session:
            row = await repository.locked_key(session, key_id)
            if row is None or row.revoked_at is not None:
                raise UnknownKeyError("There is no such key, or it is revoked already.")
            row.revoked_at = self._clock.now()
            deed = Deed("key.revoked", f"keys/{row.id}", before={"name": row.name})
            await record(session, actor.name, deed, row.revoked_at)

    async def holder(self, token: str) -> Actor | None:
        """Return whoever holds a key, None when it opens nothing."""
        now = self._clock.now()
        async with self._database.read() as session:
            row = await repository.key_by_digest(session, digest(token))
        if row is None or not _seen(row).counts(now):
            return None
        if row.used_at is None or now - row.used_at >= _USED_EVERY:
            async with self._database.write() as session:
                if used := await repository.locked_key(session, row.id):
                    used.used_at = now
        # Also what an older version or a hand in the database may have written gives a program no more than this.
        scopes = frozenset(_seen(row).scopes) & KEY_SCOPES
        return Actor(f"API: {row.name}", scopes)


def _seen(row: ApiKeyRow) -> ApiKey:
    known = {permission.value for permission in Permission}
    return ApiKey(
        row.id,
        row.name,
        row.start,
        tuple(Permission(scope) for scope in row.scopes if scope in known),
        row.created_at,
        row.created_by,
        row.expires_at,
        row.used_at,
        row.revoked_at,
    )
