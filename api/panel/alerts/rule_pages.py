"""The rules in plain Polish, and their change: first tried on the last 30 days, only then put in force."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request, Response

from api.panel.addresses import HOME
from api.panel.alerts.rules_form import RELEASES, changes_of, faults_by_part, mark_of, typed_in, typed_of
from api.panel.alerts.words import AlertWords, fault_words
from api.panel.desk import Desk
from api.panel.forms import Fields, form, query, version
from api.panel.refusals import GoTo, Refused
from api.panel.rendering import page, saved
from api.panel.routing import room_router
from api.panel.visit import Here, Needs, Used, Visit
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.alerts.errors import DecisionRefusedError, NothingChangedError, RulesChangedError, RulesRefusedError
from notifier.alerts.models import MAX_REASON
from notifier.alerts.rule_changes import RuleChanges, applied, read_changes
from notifier.alerts.rule_office import RulesShown
from notifier.alerts.rules import AlertRules

router = room_router()

Editing = Annotated[Visit, Depends(Needs(Permission.EDIT_ALERT_RULES))]

_RULES = f"{HOME}/alerty/reguly"
_SAVED = {"zmiana": "Zmienione reguły obowiązują od teraz."}
_UNTRIED = "Reguły zmieniły się od ostatniej próby. Niżej jest nowa próba: proszę ją sprawdzić i zapisać jeszcze raz."
_SAME = "Te reguły już obowiązują. Nie ma czego zapisywać."
_MEANWHILE = "Ktoś zmienił reguły w międzyczasie. Proszę otworzyć je ponownie i nanieść zmianę jeszcze raz."
_WRONG = "Reguł nie można zapisać. Przy polach jest napisane, co poprawić."


@router.get("/reguly")
async def rules(request: Request, visit: Here, used: Used) -> Response:
    """Show the rules in force and every version before them."""
    shown = await used.alert_rules.shown(visit.actor)
    words = AlertWords(used.texts, shown.in_force.rules)
    return page(request, "alerts/rules.html", shown=shown, words=words, saved=_SAVED.get(saved(request)))


@router.get("/reguly/zmiana")
async def edit(request: Request, visit: Editing, used: Used) -> Response:
    """Show the form, filled with the rules in force, with an older version or with the pack's own."""
    shown = await used.alert_rules.shown(visit.actor)
    typed = typed_of(_start(shown, query(request)), shown.pack)
    return _page(request, used, shown, typed)


@router.post("/reguly/proba")
async def trial(request: Request, visit: Editing, used: Used) -> Response:
    """Show what the typed rules would have sent; nothing is stored."""
    return await _tried(request, visit.actor, used, await form(request))


@router.post("/reguly/zmiana")
async def save(request: Request, visit: Editing, used: Used) -> Response:
    """Put the rules in force that were tried before."""
    fields = await form(request)
    shown, seen = await used.alert_rules.shown(visit.actor), version(fields, "seen")
    try:
        changes = changes_of(typed_in(fields, shown.pack), shown.pack)
        if fields.raw("mark") != mark_of(changes, seen):
            return await _tried(request, visit.actor, used, fields, fault=_UNTRIED)
        await used.alert_rules.change(visit.actor, changes, fields.text("reason", 10 * MAX_REASON), seen)
    except RulesRefusedError:
        return await _tried(request, visit.actor, used, fields)
    except RulesChangedError:
        return await _tried(request, visit.actor, used, fields, fault=_MEANWHILE)
    except NothingChangedError:
        return await _tried(request, visit.actor, used, fields, fault=_SAME)
    except DecisionRefusedError as error:
        fault = f"Proszę podać powód zmiany: od 1 do {error.limit} znaków."
        return await _tried(request, visit.actor, used, fields, fault=fault)
    raise GoTo(f"{_RULES}?zapisano=zmiana")


async def _tried(request: Request, actor: Actor, used: Desk, fields: Fields, fault: str = "") -> Response:
    shown = await used.alert_rules.shown(actor)
    typed, seen = typed_in(fields, shown.pack), version(fields, "seen")
    reason = fields.text("reason", 10 * MAX_REASON)
    try:
        changes = changes_of(typed, shown.pack)
        found = await used.alert_rules.trial(actor, changes)
    except RulesRefusedError as error:
        faults = faults_by_part(error)
        return _page(request, used, shown, typed, 422, faults=faults, fault=fault or _WRONG, reason=reason)
    if not found.differences and not shown.in_force.is_unfit:
        return _page(request, used, shown, typed, 422, fault=fault or _SAME, reason=reason)
    more = {"trial": found, "mark": mark_of(changes, seen), "reason": reason, "seen": seen}
    return _page(request, used, shown, typed, 422 if fault else 200, fault=fault, **more)


def _page(
    request: Request, used: Desk, shown: RulesShown, typed: Mapping[str, str], status: int = 200, /, **values: object
) -> Response:
    context: dict[str, object] = {
        "pack": shown.pack,
        "seen": shown.in_force.number,
        "typed": typed,
        "faults": {},
        "fault_words": fault_words,
        "releases": RELEASES,
        "words": AlertWords(used.texts, shown.pack),
        "longest": MAX_REASON,
    }
    return page(request, "alerts/edit.html", status, **context | values)


def _start(shown: RulesShown, fields: Fields) -> AlertRules:
    if fields.raw("wzor") == "pakiet":
        return shown.pack
    wanted = fields.raw("wersja")
    if not wanted:
        return shown.in_force.rules
    row = next((row for row in shown.history if str(row.number) == wanted), None)
    if row is None:
        raise Refused(404, "Nie ma takiej wersji reguł.")
    try:
        return applied(shown.pack, read_changes(row.changes) if row.changes else RuleChanges())
    except RulesRefusedError as error:
        raise Refused(404, "Ta wersja nie pasuje do obecnego pakietu miasta, więc nie można do niej wrócić.") from error
