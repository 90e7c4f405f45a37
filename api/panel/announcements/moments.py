"""Moments that people type: days and hours in Poland, as UTC."""

import re
from datetime import UTC, datetime

from core.clock import WARSAW, warsaw

_SHAPE = "Nie ma takiej daty i godziny. Proszę podać na przykład 30.11.2026, 18:00."
_GAP = "Tej godziny nie ma: tej nocy zegary przestawia się z 2:00 na 3:00. Proszę wybrać inną."
_TWICE = "Ta godzina jest tej nocy dwa razy, bo zegary przestawia się z 3:00 na 2:00. Proszę wybrać inną."
_TYPED = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)|(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}))[T, ]+"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d)?",
    re.ASCII,
)


class MomentError(ValueError):
    """What was typed is no moment: not in a known form, skipped when clocks change, or there twice that night."""


def read_moment(text: str) -> datetime:
    """Return a moment typed as „2026-11-30T18:00” or „30.11.2026, 18:00” in Polish time.

    Raises:
        MomentError: there is no such moment, or there are two.
    """
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        raise MomentError(_SHAPE)
    year, month, day = (int(found[iso] or found[own]) for iso, own in (("year", "y"), ("month", "m"), ("day", "d")))
    try:
        naive = datetime(year, month, day, int(found["hour"]), int(found["minute"]))  # noqa: DTZ001 - the zone follows
    except ValueError as error:
        raise MomentError(_SHAPE) from error
    # The ends of the calendar have no day beside them.
    if not 2000 <= year <= 2999:
        raise MomentError(_SHAPE)
    moments = {naive.replace(tzinfo=WARSAW, fold=fold).astimezone(UTC) for fold in (0, 1)}
    if len(moments) == 1:
        return moments.pop()
    raise MomentError(_TWICE if all(warsaw(each).replace(tzinfo=None) == naive for each in moments) else _GAP)


def field_moment(text: str, field: str, faults: dict[str, str], if_empty: str = "") -> datetime | None:
    """Return the moment of a field; what is wrong goes into `faults`, with `if_empty` also that there is none."""
    if not text.strip():
        faults |= {field: if_empty} if if_empty else {}
        return None
    try:
        return read_moment(text)
    except MomentError as error:
        faults[field] = str(error)
        return None


def typed_moment(moment: datetime | None) -> str:
    """Return a moment as a field holds it, empty for none."""
    return warsaw(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""
