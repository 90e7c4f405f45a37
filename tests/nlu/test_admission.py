"""The last look before a model goes into service."""

from pathlib import Path

import pytest

from nlu.admission import NotAdmitted, Obstacle, admit
from nlu.model import SUFFIX, code_fingerprint
from nlu.record import Registry, Verdict
from nlu.store import ModelStore
from tests.nlu.models import add, name


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    """A model in service, and a candidate that passed the gate against it."""
    store = ModelStore(tmp_path / "models")
    add(store, tmp_path, 1)
    store.put_in_service(name(1))
    add(store, tmp_path, 2)
    store.note(name(2), Verdict.PASSED, against=name(1))
    return store


def test_a_model_that_passed_goes_into_service(store: ModelStore) -> None:
    admit(store, name(2), code_fingerprint())
    assert store.registry() == Registry(current=name(2), previous=name(1))


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.PASSED])
def test_nothing_goes_live_past_a_failed_or_missing_gate(store: ModelStore, verdict: Verdict) -> None:
    store.note(name(2), verdict, against=name(1))
    with pytest.raises(NotAdmitted) as refused:
        admit(store, name(2), code_fingerprint())
    assert refused.value.obstacle is Obstacle.NOT_PASSED
    assert store.registry().current == name(1)


def test_a_comparison_with_a_model_that_is_in_service_no_longer_does_not_count(store: ModelStore) -> None:
    store.note(name(2), Verdict.PASSED, against=name(3))
    with pytest.raises(NotAdmitted) as refused:
        admit(store, name(2), code_fingerprint())
    assert refused.value.obstacle is Obstacle.OVERTAKEN
    assert store.registry().current == name(1)


def test_a_model_of_another_release_a_damaged_and_a_missing_one_stay_out(store: ModelStore, tmp_path: Path) -> None:
    def obstacle(model: str, code: str = "") -> Obstacle:
        with pytest.raises(NotAdmitted) as refused:
            admit(store, model, code or code_fingerprint())
        return refused.value.obstacle

    assert obstacle(name(2), "another release") is Obstacle.OTHER_RELEASE
    (tmp_path / "models" / f"{name(2)}{SUFFIX}").write_text("damaged", encoding="utf-8")
    assert obstacle(name(2)) is Obstacle.GONE
    assert obstacle(name(9)) is Obstacle.GONE
    assert store.registry().current == name(1)
