import pytest

from content.answer import Coordinates
from content.geo import distance_m, middle_of


def test_distance_between_the_same_point_is_zero() -> None:
    point = Coordinates(51.2, 16.16)
    assert distance_m(point, point) == 0


def test_distance_is_symmetric_and_close_to_the_known_one() -> None:
    warsaw, wroclaw = Coordinates(52.2297, 21.0122), Coordinates(51.1079, 17.0385)
    assert distance_m(warsaw, wroclaw) == distance_m(wroclaw, warsaw) == pytest.approx(301_000, rel=0.005)


def test_a_degree_of_latitude_is_about_111_kilometres() -> None:
    assert distance_m(Coordinates(51, 16), Coordinates(52, 16)) == pytest.approx(111_195, abs=10)


def test_the_middle_of_points_is_one_of_them() -> None:
    points = [Coordinates(51.20, 16.10), Coordinates(51.21, 16.17), Coordinates(51.22, 16.20)]
    assert middle_of(points) == points[1]
