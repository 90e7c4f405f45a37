"""The commands around the store of models, as a person at the terminal meets them; no model is served here."""

from pathlib import Path

import pytest
from sqlalchemy import select

from core.audit.models import AuditRow
from core.database import Database
from core.errors import ConfigurationError, HubError
from core.settings import Settings
from hub.commands import nlu as nlu_commands
from hub.understanding.steps import promoter, put_in_service
from nlu.record import Registry, Verdict
from nlu.store import ModelStore
from tests.nlu.models import add, name


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    store = ModelStore(tmp_path / "models")
    for number in (1, 2):
        add(store, tmp_path, number)
        store.put_in_service(name(number))
    return store


async def deeds(settings: Settings) -> list[tuple[object, ...]]:
    """Return what stands in the audit log."""
    database = Database(settings.database)
    try:
        async with database.read() as session:
            rows = await session.scalars(select(AuditRow).order_by(AuditRow.id))
            return [(row.actor, row.action, row.subject, row.before, row.after) for row in rows]
    finally:
        await database.close()


async def test_rolling_back_says_which_model_serves_now(
    settings: Settings, store: ModelStore, capsys: pytest.CaptureFixture[str]
) -> None:
    await nlu_commands.rollback(settings, "ANNA")

    assert f"In service: {name(1)}, instead of {name(2)}" in capsys.readouterr().out
    assert store.registry() == Registry(current=name(1), previous=name(2))


async def test_without_a_previous_model_rolling_back_is_refused_in_one_sentence(settings: Settings) -> None:
    with pytest.raises(HubError, match="There is no previous model"):
        await nlu_commands.rollback(settings, "ANNA")
    assert await deeds(settings) == []


async def test_the_way_back_is_written_down_under_the_name_of_who_took_it(
    settings: Settings, store: ModelStore
) -> None:
    await nlu_commands.rollback(settings, "ANNA")

    before, after = {"model": name(2)}, {"model": name(1)}
    assert await deeds(settings) == [("ANNA (konsola)", "model.rolled_back", f"models/{name(2)}", before, after)]


@pytest.mark.parametrize("by", ["", "  ", "A" * 80])
async def test_who_does_it_must_be_told(settings: Settings, store: ModelStore, by: str) -> None:
    for command in (nlu_commands.promote, nlu_commands.rollback):
        with pytest.raises(HubError, match="--by"):
            await command(settings, by)

    assert store.registry().current == name(2)


async def test_a_model_that_passed_goes_into_service_and_into_the_audit_log(
    settings: Settings, store: ModelStore, tmp_path: Path
) -> None:
    add(store, tmp_path, 3)
    store.note(name(3), Verdict.PASSED, against=name(2))
    await put_in_service(settings, promoter("ANNA"), store, name(3))

    assert store.registry() == Registry(current=name(3), previous=name(2))
    before, after = {"model": name(2)}, {"model": name(3)}
    assert await deeds(settings) == [("ANNA (konsola)", "model.promoted", f"models/{name(3)}", before, after)]


async def test_a_model_that_was_compared_with_another_one_stays_out_and_nothing_is_written_down(
    settings: Settings, store: ModelStore, tmp_path: Path
) -> None:
    add(store, tmp_path, 3)
    store.note(name(3), Verdict.PASSED, against=name(1))
    with pytest.raises(HubError, match="Another model"):
        await put_in_service(settings, promoter("ANNA"), store, name(3))

    assert store.registry().current == name(2)
    assert await deeds(settings) == []


async def test_where_the_models_are_kept_they_are_managed_though_the_settings_name_a_server(
    tmp_path: Path, store: ModelStore
) -> None:
    shared = Settings(var_dir=tmp_path, nlu_url="http://nlu.test", nlu_token="token")
    await nlu_commands.rollback(shared, "ANNA")

    assert store.registry().current == name(1)


async def test_the_list_shows_what_serves_what_was_before_and_why_a_candidate_does_not(
    settings: Settings, store: ModelStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(store, tmp_path, 3)
    store.note(name(3), Verdict.REFUSED, "score at least 0.800, but it is 0.412")
    await nlu_commands.models(settings)
    lines = capsys.readouterr().out.splitlines()

    assert [line.split()[0] for line in lines[2:]] == [name(3), name(2), name(1)]
    assert "candidate" in lines[2]
    assert "refused: score at least 0.800, but it is 0.412" in lines[2]
    assert "in service" in lines[3]
    assert "previous" in lines[4]
    assert "2026-11-23 21:30" in lines[3]  # two hours after 19:30 in Poland


async def test_an_empty_store_says_how_to_fill_it(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    await nlu_commands.models(settings)

    assert "hub nlu train" in capsys.readouterr().out


async def test_models_of_others_are_not_managed_here(tmp_path: Path) -> None:
    elsewhere = Settings(var_dir=tmp_path, nlu_url="http://nlu.test", nlu_token="token")
    for step in (nlu_commands.promote(elsewhere, "ANNA"), nlu_commands.rollback(elsewhere, "ANNA")):
        with pytest.raises(ConfigurationError, match="NLU_URL"):
            await step
    with pytest.raises(ConfigurationError, match="NLU_URL"):
        await nlu_commands.models(elsewhere)
