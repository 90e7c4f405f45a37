"""What staff read of the live sources."""

from datetime import timedelta
from pathlib import Path

import pytest

from content.sources.eipa import EipaRefusedError
from content.sources.gios.errors import GiosThrottledError, GiosUnavailableError
from content.sources.status import SourceStatus, record_failure, record_success, statuses
from core.database import Database
from core.errors import SourceError
from core.settings import Settings
from hub.commands.city import sources
from hub.commands.source_report import source_report
from tests.fakes import FrozenClock

# How rows are stored is tested with the sources.
one_engine = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def _paragraph(report: str, title: str) -> list[str]:
    (found,) = (paragraph for paragraph in report.split("\n\n") if paragraph.startswith(title))
    return found.splitlines()


@one_engine
async def test_a_source_that_answers_shows_when_it_did_and_how_old_its_data_are(
    database: Database, clock: FrozenClock
) -> None:
    measured = clock.now() - timedelta(minutes=30)
    async with database.write() as session:
        await record_success(session, "gios", measured, 72, 0, clock.now())
    clock.advance(timedelta(minutes=5))
    async with database.read() as session:
        report = source_report(Settings(), await statuses(session), clock.now())
    assert _paragraph(report, "GIOŚ: bieżące pomiary") == [
        "GIOŚ: bieżące pomiary powietrza – działa",
        "  ostatnia odpowiedź: 23.11.2026, 19:30 (5 minut temu)",
        "  najnowsze dane: 23.11.2026, 19:00 (35 minut temu)",
    ]


@one_engine
async def test_a_source_that_fails_shows_since_when_and_why(database: Database, clock: FrozenClock) -> None:
    async with database.write() as session:
        await record_success(session, "gios", clock.now(), 72, 0, clock.now())
        for _ in range(2):
            clock.advance(timedelta(hours=1))
            await record_failure(session, "gios", GiosUnavailableError("GIOŚ answered with HTTP 503"), clock.now())
    async with database.read() as session:
        report = source_report(Settings(), await statuses(session), clock.now())
    state, answered, _, *error = _paragraph(report, "GIOŚ: bieżące pomiary")
    assert state.endswith("– nie działa: 2 nieudane próby")
    assert answered.endswith("(2 godziny temu)")
    assert error == [
        "  ostatni błąd: 23.11.2026, 21:30 (przed chwilą): źródło nie odpowiada albo ma awarię",
        "  opis techniczny: GIOŚ answered with HTTP 503",
    ]


@one_engine
async def test_a_source_that_never_answered_says_so(database: Database, clock: FrozenClock) -> None:
    async with database.write() as session:
        await record_failure(session, "eipa_register", EipaRefusedError("HTTP 401"), clock.now())
    async with database.read() as session:
        report = source_report(Settings(eipa_token="token"), await statuses(session), clock.now())
    text = "\n".join(_paragraph(report, "EIPA: rejestr"))
    assert "jeszcze żadnej nie było" in text
    assert "źródło nie przyjmuje tokenu z ustawienia EIPA_TOKEN" in text


async def test_sources_without_their_setting_are_told_apart_from_those_not_yet_asked(clock: FrozenClock) -> None:
    report = source_report(Settings(city_rss_url="https://miasto.example/rss"), [], clock.now())
    assert _paragraph(report, "EIPA: rejestr") == [
        "EIPA: rejestr ładowarek – nieużywane, bo ustawienie EIPA_TOKEN jest puste"
    ]
    assert _paragraph(report, "Aktualności") == ["Aktualności miasta (RSS) – jeszcze bez odpowiedzi"]


def _kinds(of: type[SourceError]) -> list[type[SourceError]]:
    return [kind for each in of.__subclasses__() for kind in (each, *_kinds(each))]


async def test_every_fault_of_a_source_has_words_of_its_own(clock: FrozenClock) -> None:
    # A request that was not made is no fault and leaves no record.
    faults = [kind for kind in _kinds(SourceError) if kind is not GiosThrottledError and "content." in kind.__module__]
    assert len(faults) > 8
    for kind in faults:
        row = SourceStatus(name="gios", failures=1, last_error_at=clock.now(), last_error=f"{kind.__name__}: x")
        assert "nieznany błąd" not in source_report(Settings(), [row], clock.now()), kind


@one_engine
async def test_the_command_prints_it(
    database: Database, tmp_path: Path, clock: FrozenClock, capsys: pytest.CaptureFixture[str]
) -> None:
    async with database.write() as session:
        await record_success(session, "gios", clock.now(), 72, 0, clock.now())
    await sources(Settings(database_url=f"sqlite:///{tmp_path / 'hub.db'}"))
    assert "GIOŚ: bieżące pomiary powietrza – działa" in capsys.readouterr().out
