import json
import logging

import pytest

from core.logging import configure_logging, get_logger


def test_personal_data_never_reaches_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    previous = logging.getLogger().handlers
    configure_logging(json=True)
    get_logger("test").warning("call", note="telefon 501 234 567, pesel 44051401359")
    logging.getLogger("library").warning("mail to jan@example.pl")
    written = capsys.readouterr().err
    logging.getLogger().handlers = previous
    entries = [json.loads(line) for line in written.splitlines()]
    assert entries[0]["note"] == "telefon [telefon], pesel [PESEL]"
    assert entries[1]["event"] == "mail to [e-mail]"
    assert entries[0]["level"] == "warning"
