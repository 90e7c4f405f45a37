"""Writes the audit log inside the unit of work of the change, so that neither is ever without the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.models import MAX_ACTION, MAX_ACTOR, MAX_SUBJECT, AuditRow
from core.masking import mask

_LONGEST_VALUE = 2000

Value = str | int | bool | None
State = Mapping[str, Value | list[str]]


@dataclass(frozen=True)
class Deed:
    """Something that was done; `before` and `after` are what it changed."""

    action: str
    subject: str
    before: State | None = None
    after: State | None = None


async def record(session: AsyncSession, actor: str, deed: Deed, now: datetime) -> None:
    """Add a deed of `actor`; personal data in its values is masked."""
    row = AuditRow(
        at=now,
        actor=actor[:MAX_ACTOR],
        action=deed.action[:MAX_ACTION],
        subject=deed.subject[:MAX_SUBJECT],
        before=_masked(deed.before),
        after=_masked(deed.after),
    )
    session.add(row)
    await session.flush()


def _masked(state: State | None) -> dict[str, object] | None:
    if state is None:
        return None
    return {name: _value(value) for name, value in state.items()}


def _value(value: Value | list[str]) -> Value | list[str]:
    if isinstance(value, list):
        return [_text(each) for each in value]
    return _text(value) if isinstance(value, str) else value


def _text(value: str) -> str:
    return mask(value)[:_LONGEST_VALUE]
