import sys

import pytest

from bench.__main__ import main
from bench.runner import MOST_SECONDS, PARTS


def refused(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(sys, "argv", ["bench", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_an_unknown_part_is_refused_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(["chat", "speed"], monkeypatch, capsys)
    assert "there is no part speed; there are chat, " in said


def test_the_documents_never_mix_two_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--write-docs wants all parts" in refused(["chat", "--write-docs"], monkeypatch, capsys)


def test_no_part_may_take_more_than_half_of_the_time() -> None:
    assert all(limit <= MOST_SECONDS / 2 for _, limit in PARTS.values())
