"""What the room says of each part: whether it is well, in a word and never in a colour alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.panel.health.reading import State
from api.panel.health.words import ROLES
from content.known_sources import KNOWN_SOURCES, KnownSource, fault_words
from content.sources.status import SourceStatus
from core.processes.heartbeat import SILENT_AFTER
from core.processes.models import ProcessRow
from notifier.scheduler.models import JobRunRow

_NEXT, _CHANNEL, _RESTS = "next:", "channel:", "rests:"


@dataclass(frozen=True)
class ShownSource:
    """A source; `words` say how it is doing, `fault` and `detail` are the last error in plain and technical words."""

    source: KnownSource
    status: SourceStatus | None
    words: str
    is_well: bool
    next_due: datetime | None
    fault: str = ""
    detail: str = ""


@dataclass(frozen=True)
class ShownProcess:
    """A process; one that fell silent may have been killed, or cannot reach the database."""

    row: ProcessRow
    roles: Sequence[str]
    is_alive: bool
    leads: bool
    model: str
    servers: int


@dataclass(frozen=True)
class ShownChannel:
    """A channel: whether a process sends on it, until when its provider wants nothing, and whether it is real."""

    name: str
    words: str
    is_well: bool
    rests_until: datetime | None
    has_provider: bool


@dataclass(frozen=True)
class ShownJob:
    """A regular job: its last run and the next one; `next_due` is None while no process leads."""

    run: JobRunRow
    words: str
    is_well: bool
    next_due: datetime | None


def sources(state: State, settings: Mapping[str, bool]) -> list[ShownSource]:
    """Return every source that the product knows."""
    coming = next_times(state)
    return [_source(each, state, coming.get(each.job), settings) for each in KNOWN_SOURCES]


def needing_care(known: Mapping[str, SourceStatus], settings: Mapping[str, bool], now: datetime) -> int:
    """Return how many sources are not doing well."""
    asked = [source for source in KNOWN_SOURCES if _is_asked(source, settings)]
    return sum(bool(_wrong_with(source, known.get(source.name), now)) for source in asked)


def shown_processes(state: State) -> list[ShownProcess]:
    """Return every process that said something within the last day."""
    return [
        ShownProcess(
            row,
            [ROLES.get(role, role) for role in row.roles],
            _is_alive(row, state.now),
            bool(row.facts.get("leads")),
            str(row.facts.get("model", "")),
            int(row.facts.get("model_servers", 0)),
        )
        for row in state.processes
    ]


def channels(state: State, providers: Mapping[str, bool]) -> list[ShownChannel]:
    """Return every channel as its living workers describe it."""
    return [_channel(name, state, has_provider=real) for name, real in providers.items()]


def jobs(state: State) -> list[ShownJob]:
    """Return every job that ever ran, those in trouble first."""
    coming = next_times(state)
    shown = [_job(run, coming.get(run.name)) for run in state.runs]
    return sorted(shown, key=lambda job: job.is_well)


def next_times(state: State) -> dict[str, datetime]:
    """Return when jobs come next, as the leading process says it."""
    leader = next((row for row in _alive(state) if row.facts.get("leads")), None)
    facts = leader.facts if leader else {}
    return {
        name.removeprefix(_NEXT): datetime.fromisoformat(str(at))
        for name, at in facts.items()
        if name.startswith(_NEXT)
    }


def _source(source: KnownSource, state: State, next_due: datetime | None, settings: Mapping[str, bool]) -> ShownSource:
    status = state.sources.get(source.name)
    if not _is_asked(source, settings):
        words = f"nieużywane: ustawienie {source.setting} jest puste"
        return ShownSource(source, status, words, is_well=True, next_due=None)
    fault, detail = fault_words(status.last_error) if status and status.last_error else ("", "")
    wrong = _wrong_with(source, status, state.now)
    return ShownSource(source, status, wrong or "działa", not wrong, next_due, fault, detail)


def _is_asked(source: KnownSource, settings: Mapping[str, bool]) -> bool:
    return source.setting is None or settings.get(source.setting, False)


def _wrong_with(source: KnownSource, status: SourceStatus | None, now: datetime) -> str:
    if status is None or status.last_success_at is None:
        return "jeszcze bez odpowiedzi"
    if source.is_outdated(status.last_success_at, now):
        return "nieaktualne: ostatnia odpowiedź jest za stara"
    return "ostatnia próba nie udała się" if status.failures else ""


def _channel(name: str, state: State, *, has_provider: bool) -> ShownChannel:
    said = {row.facts.get(f"{_CHANNEL}{name}") for row in _alive(state)} - {None}
    rests = [
        datetime.fromisoformat(str(at)) for row in _alive(state) if (at := row.facts.get(f"{_RESTS}{name}")) is not None
    ]
    until = max((at for at in rests if at > state.now), default=None)
    if not said:
        words, is_well = "żaden działający proces nie wysyła", False
    elif "sends" not in said:
        words, is_well = "zatrzymany: dostawca nie przyjmuje danych logowania", False
    elif until:
        words, is_well = "wstrzymany na prośbę dostawcy", False
    else:
        words, is_well = "wysyła", True
    return ShownChannel(name, words, is_well, until, has_provider)


def _job(run: JobRunRow, next_due: datetime | None) -> ShownJob:
    if run.failures:
        words = f"nie udało się: {run.error}, razy z rzędu: {run.failures}"
    elif run.started_at is None:
        words = "pora jeszcze nie nadeszła"
    else:
        words = "udane" if run.succeeded_at else "jeszcze nie zakończone"
    return ShownJob(run, words, not run.failures, next_due)


def _alive(state: State) -> Iterator[ProcessRow]:
    return (row for row in state.processes if _is_alive(row, state.now))


def _is_alive(row: ProcessRow, now: datetime) -> bool:
    return now - row.seen_at <= SILENT_AFTER
