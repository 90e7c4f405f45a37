import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nlu.record import Registry, Verdict
from nlu.store import ModelStore, ModelUnusable
from tests.nlu.models import add, name


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


def verdicts(store: ModelStore) -> dict[str, Verdict]:
    return {record.name: record.verdict for record in store.records()}


def test_a_damaged_archive_is_never_handed_out(store: ModelStore, tmp_path: Path) -> None:
    archive = add(store, tmp_path, 1)
    archive.write_text("somebody else's", encoding="utf-8")

    with pytest.raises(ModelUnusable, match="damaged"):
        store.archive(name(1))
    with pytest.raises(ModelUnusable, match="no model"):
        store.archive(name(2))


def test_only_what_was_trained_here_is_handed_out_whatever_lies_in_the_folder(
    store: ModelStore, tmp_path: Path
) -> None:
    folder, archives = tmp_path / "models", []
    for number in (1, 2):
        archives.append(add(store, tmp_path, number, f"model {number}"))
        store.put_in_service(name(number))
    content = archives[0].read_bytes()

    archives[0].write_bytes(content[:-1] + b"!")  # one byte
    with pytest.raises(ModelUnusable, match="damaged"):
        store.archive(name(1))
    shutil.copy(archives[1], archives[0])  # another model of ours in its place
    with pytest.raises(ModelUnusable, match="damaged"):
        store.archive(name(1))
    (folder / f"{name(3)}.tar.gz").write_bytes(content)  # a file without a record
    with pytest.raises(ModelUnusable, match="no model"):
        store.archive(name(3))
    archives[0].unlink()
    outside = tmp_path / "elsewhere.tar.gz"
    outside.write_bytes(content)
    archives[0].symlink_to(outside)  # the right content, but out of the store
    with pytest.raises(ModelUnusable, match="a link"):
        store.archive(name(1))

    archives[0].unlink()
    archives[0].write_bytes(content)
    assert store.archive(name(1)) == archives[0]


@pytest.mark.parametrize("asked", ["../elsewhere", "/etc/passwd", "..", ""])
def test_a_name_never_leads_out_of_the_store(store: ModelStore, tmp_path: Path, asked: str) -> None:
    (tmp_path / "elsewhere.tar.gz").write_text("a model", encoding="utf-8")
    record = add(store, tmp_path, 1).with_name(f"{name(1)}.json").read_text(encoding="utf-8")
    (tmp_path / "elsewhere.json").write_text(record, encoding="utf-8")

    with pytest.raises(ModelUnusable):
        store.archive(asked)


def test_an_intact_model_stays_when_it_is_trained_again_and_a_damaged_one_is_replaced(
    store: ModelStore, tmp_path: Path
) -> None:
    archive = add(store, tmp_path, 1, "first")
    add(store, tmp_path, 1, "second")
    assert archive.read_text(encoding="utf-8") == "first"

    archive.write_text("damaged", encoding="utf-8")
    assert add(store, tmp_path, 1, "third").read_text(encoding="utf-8") == "third"


def test_the_model_in_service_the_one_before_it_and_the_newest_other_one_are_kept(
    store: ModelStore, tmp_path: Path
) -> None:
    for number in range(1, 6):
        add(store, tmp_path, number)
        if number in {1, 2}:
            store.put_in_service(name(number))

    assert store.registry() == Registry(current=name(2), previous=name(1))
    assert [record.name for record in store.records()] == [name(5), name(2), name(1)]


def test_what_a_crash_left_behind_is_no_model_and_is_cleared_away(store: ModelStore, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    orphan, training = folder / f"{name(9)}.tar.gz", folder / "training-crashed"
    orphan.write_text("moved in, but its record was never written", encoding="utf-8")
    training.mkdir()
    os.utime(training, (0, 0))
    assert store.records() == []

    add(store, tmp_path, 1)
    assert not orphan.exists()
    assert not training.exists()


@pytest.mark.parametrize("content", ["", "{", '{"current": "../../etc/passwd"}', "[]"])
def test_an_unreadable_registry_counts_as_empty(store: ModelStore, tmp_path: Path, content: str) -> None:
    (tmp_path / "models" / "registry.json").write_text(content, encoding="utf-8")

    assert store.registry() == Registry()


def test_rolling_back_turns_the_two_round_and_remembers_which_one_was_left(store: ModelStore, tmp_path: Path) -> None:
    for number in (1, 2):
        add(store, tmp_path, number, code="same")
        store.put_in_service(name(number))

    assert store.roll_back("same") == Registry(current=name(1), previous=name(2))
    assert verdicts(store) == {name(1): Verdict.UNTESTED, name(2): Verdict.WITHDRAWN}
    assert store.roll_back("same") == Registry(current=name(2), previous=name(1))
    assert verdicts(store) == {name(1): Verdict.WITHDRAWN, name(2): Verdict.UNTESTED}


def test_there_must_be_a_usable_model_to_return_to(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="no previous model"):
        store.roll_back("new")
    before = add(store, tmp_path, 1, code="old")
    store.put_in_service(name(1))
    add(store, tmp_path, 2, code="new")
    store.put_in_service(name(2))
    with pytest.raises(ModelUnusable, match="another release"):
        store.roll_back("new")
    before.unlink()
    with pytest.raises(ModelUnusable, match="no model"):
        store.roll_back("old")

    assert store.registry() == Registry(current=name(2), previous=name(1))


def test_a_model_that_cannot_be_served_gives_its_place_back(store: ModelStore, tmp_path: Path) -> None:
    for number in (1, 2):
        add(store, tmp_path, number)
        store.put_in_service(name(number))
    store.give_up(name(2), back_to=name(1), reason="it did not come up")
    record = store.get(name(2))

    assert store.registry() == Registry(current=name(1))
    assert record is not None
    assert (record.verdict, record.reason) == (Verdict.FAILED, "it did not come up")


def test_giving_up_late_does_not_take_back_what_was_promoted_since(store: ModelStore, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        add(store, tmp_path, number)
        store.put_in_service(name(number))
    store.give_up(name(2), back_to=name(1), reason="it did not come up")

    assert store.registry().current == name(3)


def test_changes_from_several_sides_at_once_leave_a_whole_registry(store: ModelStore, tmp_path: Path) -> None:
    for number in (1, 2):
        add(store, tmp_path, number)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda turn: store.put_in_service(name(1 + turn % 2)), range(200)))

    assert {store.registry().current, store.registry().previous} == {name(1), name(2)}
