"""The subsidy programmes, and the guided check as plain forms: its answers travel in the address and are not kept."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dependencies import Used
from api.pages.rendering import page
from api.pages.routing import pages_router
from content.texts import Texts
from content.topics.subsidies.check import GuidedCheck
from content.topics.subsidies.check_texts import INTENT, CheckTexts
from content.topics.subsidies.programmes import Programmes
from core.clock import Clock, warsaw


def subsidies_router(programmes: Programmes, texts: Texts, clock: Clock) -> APIRouter:
    """Return the pages of subsidies."""
    router = pages_router()
    check = GuidedCheck(programmes)

    @router.get("/dotacje")
    async def list_of_programmes(request: Request, used: Used) -> HTMLResponse:
        """Show each programme with its confirmed facts and their sources."""
        return page(request, used, "subsidies.html", data=await used.open_data["subsidies"]())

    @router.get("/dotacje/sprawdz")
    async def guided_check(request: Request, used: Used) -> HTMLResponse:
        """Ask the next question of the check, or show what the answers mean."""
        day = warsaw(clock.now()).date()
        given = _given(check, request.query_params)
        words = CheckTexts(check, texts, day)
        step = check.next_step(given, day)
        if step is None:
            return page(request, used, "subsidy_result.html", answer=words.result(given), given=given)
        return page(
            request,
            used,
            "subsidy_check.html",
            question=texts[INTENT].say(f"ask_{step.id}"),
            options=[(option.id, words.line(step, option.id)) for option in step.options],
            step=step,
            given=given,
            number=len(given) + 1,
        )

    return router


def _given(check: GuidedCheck, sent: Mapping[str, str]) -> dict[str, str]:
    """Return the answers in an address that are answers of the check, in the order of its questions."""
    return {step.id: sent[step.id] for step in check.steps if step.id in sent and step.has(sent[step.id])}
