"""`hub city …`: check the city packs, list what the assistant does not know yet, and how the live sources are doing."""

from pathlib import Path

from content.format import polish_date
from content.gaps import Reason
from content.pack import PACKS
from content.pack_file import PackError, Problem
from content.sources.status import statuses
from content.validate import problems
from core.clock import SystemClock, warsaw
from core.errors import ConfigurationError
from core.settings import Settings
from hub.bootstrap import PACK_LOADERS
from hub.commands.base import command_base, newest_database
from hub.commands.source_report import source_report
from hub.gaps import gap_finder
from nlu.judging.report import Table, as_text

_SHIPPED = PACKS / str(Settings.model_fields["city"].default)
"""The pack that the code is written with: every other one needs its texts and their {fields}."""

_REASONS = {
    Reason.THIN: "brak treści",
    Reason.UNCONFIRMED: "niepotwierdzone",
    Reason.MISSING: "brakuje",
    Reason.OLD: "dawno sprawdzone",
    Reason.EXPIRED: "już nie obowiązuje",
    Reason.UNFIT_EDIT: "zmiana nie pasuje",
}


async def check(settings: Settings) -> None:
    """Check every pack of CITY_PACKS.

    Raises:
        PackError: there are faults; its text names file, line and fault, one a line.
    """
    packs = settings.city_packs
    folders = sorted(path for path in packs.iterdir() if path.is_dir()) if packs.is_dir() else []
    if not folders:
        message = f"The setting CITY_PACKS names {packs}, where no city pack lies: correct it."
        raise ConfigurationError(message)
    if found := [problem for folder in folders for problem in _faults(folder)]:
        raise PackError(found)
    print(f"City packs without a fault: {', '.join(folder.name for folder in folders)}.")


async def gaps(settings: Settings) -> None:
    """Print what the assistant does not know, and the facts that staff should check."""
    async with command_base(settings) as desk:
        found = gap_finder(desk.city, desk.texts)(warsaw(desk.clock.now()).date())
    rows = [
        (
            _REASONS[gap.reason],
            polish_date(gap.since) if gap.since else "",
            f"{gap.place}: {gap.item}",
            " ".join(gap.title.split()),
        )
        for gap in found
    ]
    table = Table(f"Do uzupełnienia lub sprawdzenia: {len(rows)}", ("powód", "z dnia", "gdzie", "co"), rows)
    print(as_text([table]) or "Nie ma nic do uzupełnienia ani sprawdzenia.")


async def sources(settings: Settings) -> None:
    """Print when each live source last answered, how old its newest data are, and what went wrong last."""
    async with newest_database(settings) as database, database.read() as session:
        known = await statuses(session)
    print(source_report(settings, known, SystemClock().now()))


def _faults(folder: Path) -> tuple[Problem, ...]:
    like = None if folder.resolve() == _SHIPPED.resolve() else _SHIPPED
    return problems(folder, warsaw(SystemClock().now()).date(), PACK_LOADERS, like)
