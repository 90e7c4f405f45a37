"""Imports a list of residents who consented outside the product, row by row: whole or not at all, and only once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock, warsaw
from core.database import Database
from core.logging import get_logger
from notifier.subscriptions.choices import choose_districts
from notifier.subscriptions.list_file import ListRow
from notifier.subscriptions.list_rules import CHANNEL, FindDistrict, RowRefusedError, Wanted, check
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.repository import running_subscriptions
from notifier.subscriptions.service import Subscriptions
from notifier.subscriptions.suppression import reason_against
from notifier.subscriptions.topics import Origin, Topic

_log = get_logger(__name__)

TEXT_VERSION = "import"
"""Version under which a consent to words outside the product is logged; its evidence names them."""
# Nobody waits long for the database while a list is imported.
_BATCH = 50


class RowResult(StrEnum):
    """What became of a row, or would become of it in a dry run."""

    IMPORTED = "imported"
    ALREADY = "already"
    SUPPRESSED = "suppressed"
    REFUSED = "refused"


@dataclass(frozen=True)
class RowReport:
    """One row: its line, what became of it and why; `reason` names a sentence of the city pack."""

    line: int
    result: RowResult
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True)
class ImportReport:
    """Every row in the order of the file."""

    rows: tuple[RowReport, ...]

    @property
    def counts(self) -> Mapping[RowResult, int]:
        """How many rows ended in each way."""
        counted = Counter(row.result for row in self.rows)
        return {result: counted[result] for result in RowResult}


class ListImport:
    """Signs residents up by a list; what they chose or stopped themselves is left as it is."""

    def __init__(
        self, database: Database, subscriptions: Subscriptions, clock: Clock, find_district: FindDistrict
    ) -> None:
        self._database = database
        self._subscriptions = subscriptions
        self._clock = clock
        self._find_district = find_district

    async def run(self, rows: Sequence[ListRow], *, dry_run: bool) -> ImportReport:
        """Import the rows, or (dry run) say what an import would do; imported again, a list changes nothing."""
        reports: list[RowReport] = []
        seen: set[tuple[str, str]] = set()
        for begin in range(0, len(rows), _BATCH):
            async with self._database.read() if dry_run else self._database.write() as session:
                batch = rows[begin : begin + _BATCH]
                reports += [await self._row(session, row, seen, dry_run=dry_run) for row in batch]
        report = ImportReport(tuple(reports))
        _log.info("list_imported", dry_run=dry_run, **{result.value: count for result, count in report.counts.items()})
        return report

    async def _row(
        self, session: AsyncSession, row: ListRow, seen: set[tuple[str, str]], *, dry_run: bool
    ) -> RowReport:
        try:
            wanted = check(row, self._find_district, warsaw(self._clock.now()).date())
        except RowRefusedError as refusal:
            return RowReport(row.line, RowResult.REFUSED, refusal.fault, refusal.detail)
        digest = self._subscriptions.digest(CHANNEL, wanted.address)
        contact = await self._subscriptions.contact(session, CHANNEL, wanted.address, lock=not dry_run)
        if reason := await self._against(session, digest, contact):
            return RowReport(row.line, RowResult.SUPPRESSED, reason)
        running = {each.topic for each in await running_subscriptions(session, contact.id)} if contact else set()
        new = tuple(topic for topic in wanted.topics if topic not in running and (digest, topic) not in seen)
        if not new:
            return RowReport(row.line, RowResult.ALREADY)
        seen.update((digest, topic) for topic in new)
        if not dry_run:
            return await self._sign_up(session, row.line, replace(wanted, topics=new))
        return RowReport(row.line, RowResult.IMPORTED)

    async def _against(self, session: AsyncSession, digest: str, contact: ContactRow | None) -> str | None:
        reason = await reason_against(session, CHANNEL, digest)
        if reason is None and contact is not None and contact.state != "active":
            return "gone" if contact.state == "gone" else "asked"
        return reason

    async def _sign_up(self, session: AsyncSession, line: int, wanted: Wanted) -> RowReport:
        origin = Origin("import", wanted.evidence)
        try:
            async with session.begin_nested():
                first, *others = wanted.topics
                await self._subscriptions.subscribe(
                    session, CHANNEL, wanted.address, first, text_version=TEXT_VERSION, origin=origin
                )
                contact = await self._subscriptions.contact(session, CHANNEL, wanted.address)
                if contact is not None:
                    await self._complete(session, contact, others, wanted, origin)
        except SQLAlchemyError as error:
            _log.warning("list_row_not_stored", line=line, error=type(error).__name__)
            return RowReport(line, RowResult.REFUSED, "not_stored")
        return RowReport(line, RowResult.IMPORTED)

    async def _complete(
        self, session: AsyncSession, contact: ContactRow, others: Sequence[Topic], wanted: Wanted, origin: Origin
    ) -> None:
        for topic in others:
            await self._subscriptions.start(session, contact, topic, text_version=TEXT_VERSION, origin=origin)
        if wanted.districts and "announcements" in wanted.topics:
            await choose_districts(session, contact, wanted.districts)
