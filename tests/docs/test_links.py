"""What documents point at is there."""

from pathlib import Path

import pytest

from tests.docs.documents import IMAGES, documents, links, pictures_shown
from tests.fixtures.running import ROOT

_MOST_BYTES = 3_000_000


@pytest.mark.parametrize("document", documents(), ids=lambda each: str(each.relative_to(ROOT)))
def test_links_and_pictures_of_a_document_lead_somewhere(document: Path) -> None:
    assert [str(target) for target in links(document) if not target.exists()] == []


def test_every_picture_is_shown_somewhere_and_together_they_are_small() -> None:
    assert {picture.name for picture in IMAGES.iterdir()} - pictures_shown() == set()
    assert sum(picture.stat().st_size for picture in IMAGES.iterdir()) <= _MOST_BYTES
