"""Alerts that run, wait and went out; one of them with the decision about it; a stored period once more."""

from collections.abc import Sequence
from datetime import timedelta

from fastapi import Request, Response

from api.panel.addresses import HOME
from api.panel.alerts import decide, rule_pages
from api.panel.alerts.service import shown, summed, words_and_rules
from api.panel.alerts.words import STATES, remaining, until
from api.panel.days import beginning, end
from api.panel.desk import Desk
from api.panel.forms import Fields, query, row_number
from api.panel.rendering import page
from api.panel.room import Room, Waiting
from api.panel.routing import room_router
from api.panel.visit import Here, Used
from content.format import plural
from core.clock import warsaw
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.alerts.repository import Wanted
from notifier.alerts.states import MessageState

_PATH = "/alerty"
_NEWEST, _ON_A_PAGE = 5, 30
_LONGEST_REPLAY = timedelta(days=92)
_ALL_CLEAR = "odwolanie"

router = room_router()


@router.get("")
async def alerts(request: Request, visit: Here, used: Used) -> Response:
    """Show what waits, what runs, and the newest messages."""
    words, rules = await words_and_rules(used, visit.actor)
    held = await used.alerts.held(visit.actor)
    episodes = [shown(each, rules) for each in await used.alerts.running(visit.actor)]
    rows, outcomes = await used.alerts.listed(visit.actor, Wanted(), _NEWEST)
    return page(
        request,
        "alerts/alerts.html",
        held=held,
        episodes=episodes,
        rows=rows,
        outcomes={number: summed(each) for number, each in outcomes.items()},
        words=words,
        now=used.clock.now(),
        remaining=remaining,
        until=until,
    )


@router.get("/historia")
async def history(request: Request, visit: Here, used: Used) -> Response:
    """List messages of the past that fit a filter."""
    fields = query(request)
    words, rules = await words_and_rules(used, visit.actor)
    before = row_number(fields, "przed")
    rows, outcomes = await used.alerts.listed(visit.actor, _wanted(fields), _ON_A_PAGE + 1, before)
    levels = [(str(level), words.level(level)) for level in sorted(rules.levels)]
    return page(
        request,
        "alerts/history.html",
        rows=rows[:_ON_A_PAGE],
        older=rows[_ON_A_PAGE - 1].id if len(rows) > _ON_A_PAGE else None,
        outcomes={number: summed(each) for number, each in outcomes.items()},
        states=[(state.value, title) for state, title in STATES.items()],
        levels=[*levels, (_ALL_CLEAR, words.level(None))],
        chosen={name: fields.text(name) for name in ("stan", "poziom", "od", "do")},
        words=words,
    )


@router.get("/powtorka")
async def replay(request: Request, visit: Here, used: Used) -> Response:
    """Show what the rules in force would have sent over some days."""
    fields = query(request)
    today = warsaw(used.clock.now()).date()
    chosen = {
        "od": fields.text("od") or (today - timedelta(days=29)).isoformat(),
        "do": fields.text("do") or today.isoformat(),
    }
    words, _ = await words_and_rules(used, visit.actor)
    first, last = beginning(chosen["od"]), end(chosen["do"])
    fault, found = None, None
    if first is None or last is None or first >= last:
        fault = "Proszę podać dwa dni, z których pierwszy nie jest późniejszy niż ostatni."
    elif last - first > _LONGEST_REPLAY + timedelta(hours=1):
        fault = f"Powtórka może objąć najwyżej {_LONGEST_REPLAY.days} dni. Proszę wybrać krótszy okres."
    else:
        found = await used.alert_rules.replayed(visit.actor, first, min(last, used.clock.now()))
    status = 422 if fault else 200
    return page(request, "alerts/replay.html", status, chosen=chosen, found=found, fault=fault, words=words)


# Named pages come before those of a number.
for _each in (rule_pages.router, decide.router):
    router.include_router(_each)


async def waiting(used: Desk, actor: Actor) -> Sequence[Waiting]:
    """Tell how many alerts wait for a decision."""
    count = len(await used.alerts.held(actor)) if actor.may(Permission.DECIDE_ALERTS) else 0
    words = plural(count, "alert czeka na decyzję", "alerty czekają na decyzję", "alertów czeka na decyzję")
    return [Waiting(f"{count} {words}", f"{HOME}{_PATH}")] if count else []


ROOM = Room(
    "Alerty",
    "Alerty o smogu: trwające, czekające na decyzję i wysłane, oraz reguły, według których powstają.",
    _PATH,
    Permission.READ_ALERTS,
    router,
    waiting,
)


def _wanted(fields: Fields) -> Wanted:
    level = fields.text("poziom")
    return Wanted(
        next((state for state in MessageState if state.value == fields.raw("stan")), None),
        0 if level == _ALL_CLEAR else next((each for each in range(1, 6) if str(each) == level), None),
        beginning(fields.text("od")),
        end(fields.text("do")),
    )
