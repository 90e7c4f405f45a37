"""What is said of the energy cluster."""

from content.pack import City
from content.question import Question
from content.texts import Texts
from content.topics.events.cluster import answers, load_cluster
from tests.content.topics.screen import SCREEN
from tests.fakes import FrozenClock


async def test_the_cluster_is_described_with_sources_and_what_is_not_known(
    city: City, texts: Texts, clock: FrozenClock
) -> None:
    answer = await answers(load_cluster(city.folder), texts, clock)["cluster_info"](Question("cluster_info"))
    assert "19 lipca 2018 r." in answer.text
    assert "prawie 100 osób" in answer.text
    assert "Nie mam potwierdzonej informacji, co klaster robi obecnie" in answer.text
    assert len(answer.text) <= SCREEN
    assert [source.name for source in answer.sources] == [
        "miasta.pl, Związek Miast Polskich",
        "sozosfera.pl, na podstawie informacji urzędu miasta",
    ]


async def test_an_unconfirmed_statement_is_never_said(city: City, texts: Texts, clock: FrozenClock) -> None:
    doubtful = tuple(each.model_copy(update={"confidence": "low"}) for each in load_cluster(city.folder))
    answer = await answers(doubtful, texts, clock)["cluster_info"](Question("cluster_info"))
    assert answer == texts["cluster_info"].answer()
