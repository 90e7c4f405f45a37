"""What staff should add to the city pack or check there."""

from collections.abc import Callable
from datetime import date
from functools import partial

from content.gaps import Gap, gaps
from content.pack import City
from content.pages import load_page_texts
from content.texts import Texts
from content.topics.office.contacts import load_contacts
from content.topics.subsidies.due import due_for_check
from content.topics.subsidies.programmes import load_programmes


def gap_finder(city: City, texts: Texts) -> Callable[[date], tuple[Gap, ...]]:
    """Return what lists, on a Polish day, answers that still say "nie wiem" and facts that are missing or old."""
    contacts, pages = load_contacts(city.folder), load_page_texts(city.folder)
    due = partial(due_for_check, load_programmes(city.folder))
    return lambda day: gaps(texts, day, contacts.gaps, pages.due, due)
