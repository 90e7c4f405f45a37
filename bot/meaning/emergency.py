"""The rule that comes before the model: danger to life is recognised by words alone, with no model running."""

import re

from bot.message import remembered
from core.text import fold

_SENSOR = r"(czujnik\w*|czujk\w+|detektor\w*)"
_STARTED = r"(wlaczyl|uruchomil|zalaczyl|odezwal)\w*"
_BEEPS = r"piszcz\w*|zapiszczal\w*|wyje|wyja|zawyl\w*|alarmuj\w*|dzwoni|dzwonil\w*|pika|pikaja"
_SOUND = rf"({_BEEPS}|{_STARTED} sie|sie {_STARTED})"
_BURNS = r"(pali|palil|palilo|zapalil|zapalila|zapalilo|zajal|zajela|zajelo) sie"
_BUILDING = (
    r"(dom\w*|mieszkani\w*|dach\w*|strych\w*|balkon\w*|piwnic\w*|blok\w*|kamienic\w*|budyn\w*|klat\w*|sadz\w*|garaz\w*)"
)

# Hazard id → patterns on folded text (lower case, no Polish letters). The order is the order of the checks.
_HAZARDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "gas",
        (
            r"\b(czuc|czuje\w*|poczul\w*|wyczuwa\w*|wyczul\w*|czuja)\b( \w+){0,4} gaz(em|u)?\b",
            r"\b(smierdzi\w*|capi|zalatuje|cuchnie)\b( \w+){0,4} gazem\b",
            r"\b(zapach|zapachu|smrod|won|odor)\b( \w+)? gazu\b",
            r"\bgaz(em)?\b( \w+){0,3} (czuc|czuje|smierdzi|ulatnia\w*|uchodzi|ucieka|syczy)\b",
            r"\b(ulatnia\w*|uchodzi|ucieka|wyciek\w*|cieknie|nieszczeln\w+|rozszczeln\w+)\b( \w+){0,3} gaz(u|ow\w+)?\b",
            r"\bwybuch\w* gaz\w*\b",
        ),
    ),
    (
        "carbon_monoxide",
        (
            rf"\b{_SENSOR}\b( \w+){{0,4}} {_SOUND}\b",
            rf"\b{_SOUND}\b( \w+){{0,3}} {_SENSOR}\b",
            r"\bzaczadz(il|eni|on|am)\w*\b",
            r"\bczad\b( \w+){0,2} (ulatnia\w*|w (domu|mieszkaniu|lazience|kuchni))\b",
            r"\b(podtru\w+|zatru\w+|otru\w+)\b( \w+){0,3} (czad\w*|tlenk\w+|spalin\w*)\b",
        ),
    ),
    (
        "fire",
        (
            r"\bpozar(u|em|y)?\b",
            rf"\b{_BURNS}\b( \w+){{0,3}} {_BUILDING}\b",
            rf"\b{_BURNS}\b( \w+)? (auto|samochod|las|smietnik|instalacj\w*|kuchni\w*|u sasiad\w*|w bloku)\b",
            r"\b(dom|mieszkanie|dach|blok|komin|budynek|piwnica|garaz|samochod|auto|smietnik)\b( \w+){0,2} sie pali\b",
            r"\b(plonie|plona)\b",
        ),
    ),
    (
        "collapse",
        (
            r"\b(zemdl\w+|omdl\w+|zaslabl\w*|nieprzytomn\w+|stracil\w* przytomnosc)\b",
            r"\b(nie oddycha|przestal\w* oddychac|umiera|zawal serca|ma zawal|ma udar)\b",
            r"\b(dusi sie|sie dusi)\b(?! (od|w|przez) smog)",
            r"\bnie (moge|moze) (oddychac|zlapac (tchu|oddechu))\b|\bma(m|ja)?\b( \w+)? atak astmy\b",
            r"\b(ratunku|wezwijcie (karetke|pogotowie|straz))\b",
        ),
    ),
)
# The same in the languages that residents and visitors write, Ukrainian and Russian first.
_ABROAD: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "gas",
        (
            r"\b(пахне|тхне|смердить|чую|чути|пахнет|воняет|чувствую|слышу)\b( \w+){0,4} газ(ом|у|а)?\b",
            r"\b(запах|витік|утечка|утечку) газ[уа]\b",
            r"\bsmell\w*\b( \w+){0,3} gas\b|\bgas (leak|smell)\w*\b|\bleak\w* gas\b",
            r"\briech\w*\b( \w+){0,3} gas\b|\bgas(geruch|leck|austritt)\b",
        ),
    ),
    (
        "carbon_monoxide",
        (
            r"\b(датчик|детектор)\b( \w+){0,3} (пищить|пищит|спрацював|сработал|воет|виє|дзвонить|звенит)\b",
            r"\b(отруїл\w+|отравил\w+)\b( \w+)? (чадним|угарным)\b",
            r"\b(carbon monoxide|co) (alarm|detector)\b( \w+){0,3} (on|beep\w*|ring\w*|sound\w*|going|gone|went)\b",
            r"\bcarbon monoxide poison\w*\b|\bkohlenmonoxid\w*\b",
        ),
    ),
    (
        "fire",
        (
            r"\b(пожежа|пожежу|пожар)\b|\b(горить|горит) (будинок|дім|квартира|дах|підвал|дом|крыша|подвал)\b",
            r"\b(house|flat|apartment|building|roof|garage|cellar|kitchen)\b( \w+)? (is )?on fire\b|\bthere s a fire\b",
            r"\bfire in (the|my|our|a)\b|\bes brennt\b|\bbrennt (das|mein|unser)\b|\bfeuer im\b",
        ),
    ),
    (
        "collapse",
        (
            r"\b(непритомн\w+|знепритомні\w+|не дихає|без сознания|потерял\w* сознание|не дышит|рятуйте)\b",
            r"\b(задиха|задыха)\w+|\b(can t|cant|cannot|can not) breathe\b",
            r"\b(i|he|she|baby|child|kid|son|daughter|someone) (am|m|is|s) (choking|suffocating)\b",
            r"\b(bekommt|bekomme|kriegt|kriege) keine luft\b|\berstickt\b",
            r"\b(unconscious|not breathing|passed out|fainted|heart attack|bewusstlos|atmet nicht|ohnm[aä]chtig)\b",
        ),
    ),
)
_COMPILED = tuple(
    (hazard, tuple(re.compile(pattern) for pattern in patterns)) for hazard, patterns in (*_HAZARDS, *_ABROAD)
)
_NOT_A_WORD = re.compile(r"[^\w ]+")


@remembered
def hazard_in(text: str) -> str | None:
    """Return the id of the danger to life that the text tells of: gas, carbon_monoxide, fire, collapse, or None."""
    words = " ".join(_NOT_A_WORD.sub(" ", fold(text)).split())
    for hazard, patterns in _COMPILED:
        if any(pattern.search(words) for pattern in patterns):
            return hazard
    return None
