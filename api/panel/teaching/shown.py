"""What the pages of teaching share: addresses, words, and how a refused step is told."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends

from api.panel.addresses import HOME
from api.panel.forms import Fields
from api.panel.teaching import words
from api.panel.visit import Needs, Visit
from bot.teaching.errors import StepRefusedError
from bot.teaching.training import TrainingState
from core.staff.permissions import Permission

PATH = "/nauka"
GROUPS, SENTENCES, MODELS = f"{HOME}{PATH}", f"{HOME}{PATH}/zdania", f"{HOME}{PATH}/modele"
_LONGEST_TYPED = 8000
TABS = ((GROUPS, "Do nauczenia"), (SENTENCES, "Nauczone zdania"), (MODELS, "Modele"))

Teacher = Annotated[Visit, Depends(Needs(Permission.TEACH))]
Promoter = Annotated[Visit, Depends(Needs(Permission.PROMOTE_MODELS))]

CONTEXT: Mapping[str, object] = {
    "tabs": TABS,
    "words": words,
    "states": words.STATES,
    "foreign": words.FOREIGN,
    "State": TrainingState,
}


def fault_of(error: StepRefusedError) -> str:
    """Return why a step was not made."""
    return words.REFUSALS[error.refusal]


def own_sentences(fields: Fields) -> list[str]:
    """Return the sentences that were typed, one a line.

    Raises:
        Refused: it is more than the field takes.
    """
    lines = (line.strip() for line in fields.text("wlasne", _LONGEST_TYPED).splitlines())
    return [line for line in lines if line]
