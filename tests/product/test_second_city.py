"""Another city is data only: a process started with its pack answers for it."""

from pathlib import Path

from tests.fixtures.running import START_WITHIN, start_hub


def test_a_process_of_another_city_answers_a_button_without_the_model(tmp_path: Path) -> None:
    # Nothing listens at NLU_URL: a button carries its intent.
    away = {"NLU_URL": "http://127.0.0.1:9", "NLU_TOKEN": "token"}
    hub = start_hub(tmp_path, CITY="borowina", CITY_PACKS="tests/city_packs", **away)
    try:
        hub.wait_until(lambda: hub.status() == "degraded", within=START_WITHIN)
        (answer,) = hub.ask(button="charger_find", conversation=None)["answers"]
    finally:
        code = hub.stop()
    assert code == 0
    assert "Borowin" in answer["text"] + str(answer["places"])
    assert "Legnic" not in str(answer)
    assert answer["places"]
    assert answer["sources"]
