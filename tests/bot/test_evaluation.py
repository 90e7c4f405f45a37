from bot.evaluation import climb_all
from bot.understanding import Understander
from content.pack import City
from content.places import load_places
from content.topics.charging.register import load_register
from content.vocabulary import load_vocabulary
from tests.fakes import FakeParser


async def test_each_outcome_is_counted_once(city: City, parser: FakeParser) -> None:
    vocabulary = load_vocabulary(load_register(city.folder).operator_terms())
    understander = Understander(load_places(city.folder), vocabulary, parser)
    report = await climb_all(
        understander,
        [
            ("air_quality_now", "jakie jest powietrze"),  # answered
            ("charger_price", "ile za to"),  # offered, and right
            ("greet", "ile za to"),  # offered, and wrong
            ("help", "jakie jest powietrze"),  # answered wrongly
            ("thanks", "coś nieznanego"),  # refused
            ("out_of_scope", "jakie jest powietrze"),  # foreign, yet answered
            ("out_of_scope", "coś nieznanego"),
        ],
    )
    assert (report.answered_right, report.answered_wrong) == (0.2, 0.2)
    assert (report.offered_right, report.offered_wrong, report.refused) == (0.2, 0.2, 0.2)
    assert (report.foreign_answered, report.foreign_offered) == (0.5, 0.0)
