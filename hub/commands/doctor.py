"""`hub doctor`."""

import json
import sys
from dataclasses import asdict

from core.clock import SystemClock
from core.database import Database
from core.http import http_client
from core.redis import open_redis
from core.settings import Settings
from hub.doctor.finding import Finding, Verdict, examine
from hub.doctor.rounds import checks

_ANSWER_SECONDS = 5.0
_WIDEST = max(len(verdict) for verdict in Verdict)


async def doctor(settings: Settings, as_json: bool) -> None:
    """Look the set-up over and print a line for each matter; leave with 1 when something is wrong."""
    database, redis = Database(settings.database), open_redis(settings.redis_url or None)
    try:
        async with http_client(timeout=_ANSWER_SECONDS) as http:
            findings = await examine(checks(settings, SystemClock(), database, redis, http))
    finally:
        await redis.aclose()
        await database.close()
    print(json.dumps([asdict(each) for each in findings], ensure_ascii=False) if as_json else _report(findings))
    if any(each.verdict is Verdict.WRONG for each in findings):
        sys.exit(1)


def _report(findings: list[Finding]) -> str:
    lines = [f"{each.verdict:<{_WIDEST}}  {each.subject}: {each.text}" for each in findings]
    counts = {verdict: sum(each.verdict is verdict for each in findings) for verdict in Verdict}
    summary = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    return "\n".join([*lines, "", f"{summary}."])
