"""Trainings and models: start one, watch it, read its report, put it in service, leave it, return to the one before."""

from collections import Counter
from collections.abc import Awaitable
from datetime import datetime

from fastapi import Request, Response

from api.panel.desk import Desk
from api.panel.forms import form, number
from api.panel.refusals import NOT_HERE, GoTo, Refused
from api.panel.rendering import page, saved
from api.panel.routing import room_router
from api.panel.teaching.shown import CONTEXT, MODELS, Promoter, Teacher, fault_of
from api.panel.teaching.words import PHASES, minutes_words
from api.panel.visit import Here, Used
from bot.teaching.errors import StepRefusedError
from bot.teaching.training import Training, TrainingState
from core.staff.actor import Actor
from core.staff.permissions import Permission
from nlu.record import Verdict

router = room_router()

_SAVED = {
    "wdrozono": "Nowy model jest wdrożony. Zacznie odpowiadać za około minutę.",
    "odrzucono": "Nowy model jest odrzucony. Model w użyciu zostaje.",
    "wrocono": "Wraca poprzedni model. Zacznie odpowiadać za około minutę.",
    "przerwano": "Uczenie jest przerwane.",
}


@router.get("/modele")
async def models(request: Request, visit: Here, used: Used) -> Response:
    """Show the model in service, the one before, and the trainings."""
    return await _list(request, visit.actor, used, saved=_SAVED.get(saved(request)))


@router.post("/modele")
async def request_training(request: Request, visit: Teacher, used: Used) -> Response:
    """Have a model trained."""
    try:
        training = await used.trainings.request(visit.actor)
    except StepRefusedError as error:
        return await _list(request, visit.actor, used, 422, fault=fault_of(error))
    raise GoTo(f"{MODELS}/{training}")


@router.post("/modele/powrot")
async def roll_back(request: Request, visit: Promoter, used: Used) -> Response:
    """Return to the model before."""
    seen = (await form(request)).text("model")
    try:
        await used.trainings.roll_back(visit.actor, seen)
    except StepRefusedError as error:
        return await _list(request, visit.actor, used, 422, fault=fault_of(error))
    raise GoTo(f"{MODELS}?zapisano=wrocono")


@router.get("/modele/{training}")
async def training_page(training: str, request: Request, visit: Here, used: Used) -> Response:
    """Show a training: how far it is, or what came of it."""
    found = await used.trainings.find(visit.actor, number(training))
    if found is None:
        raise Refused(404, NOT_HERE)
    return await _page(request, visit.actor, used, found, saved=_SAVED.get(saved(request)))


@router.post("/modele/{training}/wdroz")
async def promote(training: str, request: Request, visit: Promoter, used: Used) -> Response:
    """Put its model in service."""
    step = used.trainings.promote(visit.actor, number(training))
    return await _done(training, request, visit.actor, used, step, "wdrozono")


@router.post("/modele/{training}/odrzuc")
async def discard(training: str, request: Request, visit: Promoter, used: Used) -> Response:
    """Leave its model."""
    step = used.trainings.discard(visit.actor, number(training))
    return await _done(training, request, visit.actor, used, step, "odrzucono")


@router.post("/modele/{training}/przerwij")
async def stop(training: str, request: Request, visit: Teacher, used: Used) -> Response:
    """End it early."""
    step = used.trainings.stop(visit.actor, number(training))
    return await _done(training, request, visit.actor, used, step, "przerwano")


async def _done(
    training: str, request: Request, actor: Actor, used: Desk, step: Awaitable[None], what: str
) -> Response:
    try:
        await step
    except StepRefusedError as error:
        found = await used.trainings.find(actor, number(training))
        if found is None:
            raise Refused(404, NOT_HERE) from error
        return await _page(request, actor, used, found, 422, fault=fault_of(error))
    raise GoTo(f"{MODELS}/{training}?zapisano={what}")


async def _list(request: Request, actor: Actor, used: Desk, status: int = 200, /, **values: object) -> Response:
    overview = await used.trainings.overview(actor)
    return page(request, "teaching/models.html", status, overview=overview, **_may(actor), **CONTEXT, **values)


async def _page(
    request: Request, actor: Actor, used: Desk, found: Training, status: int = 200, /, **values: object
) -> Response:
    overview = await used.trainings.overview(actor)
    came_up = found.model is None or await used.trainings.verdict(found.model) is not Verdict.FAILED
    return page(
        request,
        "teaching/training.html",
        status,
        training=found,
        steps=_steps(found),
        took=_took(found),
        in_service=overview.current is not None and overview.current.name == found.model,
        came_up=came_up or found.state is not TrainingState.PROMOTED,
        **_may(actor),
        **CONTEXT,
        **values,
    )


def _steps(found: Training) -> list[tuple[str, datetime]]:
    """Return what a training has been doing, in words, with the moments."""
    seen: Counter[str] = Counter()
    steps = []
    for step in found.steps:
        names = PHASES[step.phase]
        steps.append((names[min(seen[step.phase], len(names) - 1)], step.at))
        seen[step.phase] += 1
    return steps


def _took(found: Training) -> str:
    if found.started_at is None or found.ended_at is None:
        return ""
    return minutes_words((found.ended_at - found.started_at).total_seconds())


def _may(actor: Actor) -> dict[str, object]:
    return {"may_teach": actor.may(Permission.TEACH), "may_promote": actor.may(Permission.PROMOTE_MODELS)}
