"""`hub places …`: bring a register of addresses into the city pack."""

import csv
from datetime import date
from pathlib import Path

from content.gazetteer_import import import_addresses
from content.pack import load_city
from core.clock import SystemClock, warsaw
from core.errors import HubError
from core.settings import Settings


async def import_places(settings: Settings, file: Path, source: str, as_of: date) -> None:
    """Write the streets of a register into the city pack; print what was left out, and what to do next."""
    if not source.strip():
        raise HubError("The source is empty: name the register as it is shown to residents.")
    if as_of > warsaw(SystemClock().now()).date():
        message = f"The date of the register, {as_of}, is in the future: correct --as-of."
        raise HubError(message)
    city = load_city(settings.city, settings.city_packs)
    try:
        report = import_addresses(file, city, source.strip(), as_of)
    except (OSError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        message = f"The import stopped ({reason}): check {file} and the rights of {city.folder}."
        raise HubError(message) from error
    for problem in report.problems:
        print(f"{file}: {problem}")
    print(f"Streets: {report.streets}, from addresses: {report.addresses}; rows left out: {len(report.problems)}.")
    print("Then, because new names have new ordinary words that look like them:")
    print(f"  uv run --with morfeusz2 --with simplemma python deploy/place_words.py {city.folder}")
