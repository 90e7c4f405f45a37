"""Checks of the language model and of the sources of live data."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx2

from content.known_sources import KNOWN_SOURCES, KnownSource, given_settings
from content.sources.status import SourceStatus
from core.clock import Clock
from core.settings import Settings
from hub.doctor.finding import Finding, doubtful, right, wrong
from hub.doctor.stores import of_clocks
from hub.understanding.model import models_folder
from nlu.client import NluUnavailable, RasaClient
from nlu.endpoint import fixed_endpoint
from nlu.store import ModelStore

_MODEL = "language model"


async def of_model(http: httpx2.AsyncClient, settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Have each server of NLU_URL parse a sentence; without one look at the store of this machine."""
    if not settings.nlu_urls:
        return [_in_store(models_folder(settings), clock)]
    return [await _server(http, settings, url, clock) for url in settings.nlu_urls]


async def _server(http: httpx2.AsyncClient, settings: Settings, url: str, clock: Clock) -> Finding:
    client = RasaClient(http, fixed_endpoint(url, settings.nlu_token.get_secret_value()), clock)
    try:
        await client.check()
    except httpx2.HTTPStatusError as error:
        refused = error.response.status_code in {401, 403}
        what = "refuses NLU_TOKEN: set the same token on both sides" if refused else "has no model ready yet"
        return wrong(_MODEL, f"{url} {what}")
    except (NluUnavailable, httpx2.HTTPError, TimeoutError, ValueError) as error:
        return wrong(_MODEL, f"{url} does not answer ({type(error).__name__}): is `hub nlu serve` running there?")
    return right(_MODEL, f"{url} understands a sentence")


def _in_store(folder: Path, clock: Clock) -> Finding:
    # Opening a store that is not there would make its folder.
    store = ModelStore(folder) if folder.is_dir() else None
    name = store.registry().current if store else None
    record = store.get(name) if store and name else None
    if record is None:
        return doubtful(
            _MODEL, "none is in service on this machine: it is trained at the first start, for a few minutes"
        )
    days = (clock.now() - record.trained_at).days
    return right(_MODEL, f"{name}, trained {days} days ago from {record.sentences} sentences, {record.verdict.value}")


def sources(settings: Settings) -> dict[str, str]:
    """Return an address of each source in use that costs nothing to ask, by the source's name in the records."""
    found = {"gios": settings.gios_api_base}
    if settings.eipa_token.get_secret_value():
        found["eipa"] = settings.eipa_export_base
    if settings.city_rss_url:
        found["cityrss"] = settings.city_rss_url
    return found


async def of_source(http: httpx2.AsyncClient, name: str, url: str, clock: Clock) -> Sequence[Finding]:
    """Look whether the server of a source answers at all, and at the clock of it; nothing is downloaded."""
    response = await http.head(url)
    if response.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR:
        return [doubtful(name, f"its server is in trouble ({response.status_code}): the last good reading is shown")]
    found = [right(name, "its server answers")]
    if date := response.headers.get("Date"):
        found += of_clocks("clock", parsedate_to_datetime(date), clock.now())
    return found


def of_readings(settings: Settings, known: Mapping[str, SourceStatus], now: datetime) -> Iterator[Finding]:
    """Look at when each source that is in use last answered."""
    given = given_settings(settings)
    for source in KNOWN_SOURCES:
        if (source.setting is None or given[source.setting]) and source.limit is not None:
            yield _of_reading(source, known.get(source.name), now)


def _of_reading(source: KnownSource, status: SourceStatus | None, now: datetime) -> Finding:
    subject = f"readings {source.name}"
    if status is None or status.last_success_at is None:
        return wrong(subject, "there was none yet: does `hub scheduler` run, and may it call out?")
    told = f"the last one is {_hours(now - status.last_success_at)} old"
    if not source.is_outdated(status.last_success_at, now):
        return right(subject, told)
    failed = f"and {status.failures} tries since then failed" if status.failures else "and nobody tried since then"
    return wrong(subject, f"{told}, {failed}: `hub city sources` tells more")


def _hours(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours:.0f} h" if hours >= 1 else f"{hours * 60:.0f} min"
