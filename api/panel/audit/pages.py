"""The audit log: filtered, page by page, and as a file."""

import json

from fastapi import Request, Response

from api.panel.audit.words import ACTIONS, field_title, title, value_words
from api.panel.days import beginning, end
from api.panel.forms import Fields, query, row_number
from api.panel.rendering import page
from api.panel.room import Room
from api.panel.routing import room_router
from api.panel.tables import csv_file
from api.panel.visit import Here, Used
from core.audit.models import AuditRow
from core.audit.reading import AuditLog
from core.audit.repository import Wanted
from core.clock import warsaw
from core.staff.permissions import Permission

router = room_router()

ROOM = Room("Dziennik", "Kto, kiedy i co zmienił.", "/dziennik", Permission.READ_AUDIT, router)
_ON_A_PAGE = 50
_COLUMNS = ("numer", "kiedy", "kto", "co", "czego dotyczy", "przed", "po")


@router.get("")
async def audit_log(request: Request, visit: Here, used: Used) -> Response:
    """Show deeds, the newest first."""
    fields = query(request)
    before = row_number(fields, "przed")
    log = AuditLog(used.database, used.clock)
    rows = await log.listed(visit.actor, _wanted(fields), _ON_A_PAGE + 1, before)
    chosen = {name: fields.raw(name) for name in ("kto", "co", "czego", "od", "do")}
    return page(
        request,
        "audit/audit.html",
        rows=rows[:_ON_A_PAGE],
        older=rows[_ON_A_PAGE - 1].id if len(rows) > _ON_A_PAGE else None,
        actors=await log.actors(visit.actor),
        actions=ACTIONS,
        title=title,
        field_title=field_title,
        value_words=value_words,
        chosen=chosen,
    )


@router.get("/csv")
async def audit_file(request: Request, visit: Here, used: Used) -> Response:
    """Return the deeds that the filter finds."""
    rows = await AuditLog(used.database, used.clock).exported(visit.actor, _wanted(query(request)))
    return csv_file(f"dziennik-{warsaw(used.clock.now()).date()}.csv", _COLUMNS, map(_cells, rows))


def _wanted(fields: Fields) -> Wanted:
    return Wanted(
        actor=fields.text("kto"),
        action=fields.text("co"),
        subject=fields.text("czego"),
        since=beginning(fields.text("od")),
        until=end(fields.text("do")),
    )


def _cells(row: AuditRow) -> tuple[object, ...]:
    at = warsaw(row.at).isoformat(sep=" ", timespec="seconds")
    return row.id, at, row.actor, row.action, row.subject, _json(row.before), _json(row.after)


def _json(state: dict[str, object] | None) -> str:
    return json.dumps(state, ensure_ascii=False, sort_keys=True) if state else ""
