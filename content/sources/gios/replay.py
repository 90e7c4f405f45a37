"""GIOŚ without GIOŚ: answers of the same shape from files, moved in time so that they end with the last full hour."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import httpx2

from core.clock import WARSAW, Clock, warsaw

_FORMAT = "%Y-%m-%d %H:%M:%S"
_TIME = re.compile(r"\b\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\b")
_FILES = {"sensors": "sensors", "getData": "data", "getIndex": "index"}


class ReplayTransport(httpx2.AsyncBaseTransport):
    """Serves `sensors_<station>.json`, `index_<station>.json` and `data_<sensor>.json` of a folder.

    Every file must name the same newest full hour, in winter time.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer one request from the files, or with 404 when there is none for it."""
        *_, kind, number = request.url.path.split("/")
        path = self._folder / f"{_FILES.get(kind)}_{number}.json"
        if not path.is_file():
            return httpx2.Response(404, json={"error_code": "no such file in the replay"})
        return httpx2.Response(200, json=json.loads(self._moved(path.read_text(encoding="utf-8"))))

    def _moved(self, text: str) -> str:
        """Return `text` with its times moved: the newest full hour becomes the last one, nothing is in the future."""
        found = [_utc(time) for time in _TIME.findall(text)]
        if not found:
            return text
        now = self._clock.now()
        shift = _full_hour(now) - _full_hour(max(found))
        return _TIME.sub(lambda match: f"{warsaw(min(_utc(match.group()) + shift, now)):{_FORMAT}}", text)


def _utc(local_time: str) -> datetime:
    return datetime.strptime(local_time, _FORMAT).replace(tzinfo=WARSAW).astimezone(UTC)


def _full_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
