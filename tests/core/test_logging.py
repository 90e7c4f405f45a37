import json
import logging
from collections.abc import Iterator

import pytest
from structlog.contextvars import bound_contextvars

from core.logging import configure_logging, get_logger


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[None]:
    """Leave the root logger as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)


def test_personal_data_never_reaches_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(json=True)
    get_logger("test").warning("call", note="telefon 501 234 567, pesel 44051401359")
    logging.getLogger("library").warning("mail to jan@example.pl")
    written = capsys.readouterr().err
    entries = [json.loads(line) for line in written.splitlines()]
    assert entries[0]["note"] == "telefon [telefon], pesel [PESEL]"
    assert entries[1]["event"] == "mail to [e-mail]"
    assert entries[0]["level"] == "warning"


def test_also_what_errors_say_and_what_lies_deeper_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(json=True)
    try:
        raise ValueError("nie ten numer: 501 234 567")
    except ValueError as error:
        get_logger("test").exception("ours", cause=error, fields={"to": ["jan@example.pl"]}, count=3)
        logging.getLogger("library").exception("theirs %s", "44051401359")
    written = capsys.readouterr().err
    ours, theirs = (json.loads(line) for line in written.splitlines())
    assert "nie ten numer: [telefon]" in ours["exception"]
    assert ours["cause"] == "nie ten numer: [telefon]"
    assert ours["fields"] == {"to": ["[e-mail]"]}
    assert ours["count"] == 3
    assert theirs["event"] == "theirs [PESEL]"
    assert "501 234 567" not in written


def test_a_line_tells_when_how_bad_what_and_in_which_request(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(json=True)
    with bound_contextvars(request_id="00000000044051401359aaaaaaaaaaaa", role="web"):
        get_logger("test").info("happened")
    (line,) = [json.loads(text) for text in capsys.readouterr().err.splitlines()]
    assert line["timestamp"].endswith("Z")
    assert (line["level"], line["event"], line["role"]) == ("info", "happened", "web")
    # An id is no person, whatever its digits look like.
    assert line["request_id"] == "00000000044051401359aaaaaaaaaaaa"


@pytest.mark.parametrize(
    ("told", "logged"),
    [
        ("404 for url https://api.telegram.org/bot123456:AAF-x_9/getMe", "https://api.telegram.org/bot[token]/getMe"),
        ("no answer from postgresql://hub:s3cret!@db:5432/hub", "postgresql://[hidden]@db:5432/hub"),
        ("redis://:s3cret!@valkey:6379/0 refused", "redis://[hidden]@valkey:6379/0 refused"),
        ("POST http://nlu:5005/model/parse?token=s3cret!&x=1", "/model/parse?token=[hidden]&x=1"),
    ],
)
def test_secrets_in_addresses_are_hidden(told: str, logged: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(json=True)
    get_logger("test").error("failed", cause=OSError(told))
    (line,) = [json.loads(text) for text in capsys.readouterr().err.splitlines()]
    assert logged in line["cause"]
    assert "s3cret" not in line["cause"]
