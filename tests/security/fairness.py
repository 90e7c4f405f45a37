"""What every answer owes to whoever asks, however odd the question."""

import re

import httpx2

_TRACES = ("Traceback (most recent call last)", "sqlalchemy", 'File "/', "pydantic")
_PAGES, _PROBLEM = "text/html", "application/problem+json"
# Files and answers of the server itself, before the application sees anything, have no sentence.
_POLISH = re.compile(r"[a-ząćęłńóśźż]{3}.*\.", re.IGNORECASE | re.DOTALL)


def unfairness(answer: httpx2.Response) -> list[str]:
    """Return what is wrong with an answer, nothing for one that is fair."""
    kind, body = answer.headers.get("content-type", ""), answer.text
    faults = [f"tells {trace}" for trace in _TRACES if trace in body]
    if answer.status_code >= 500 and "Retry-After" not in answer.headers:
        faults.append(f"fails with {answer.status_code}")
    if "Content-Security-Policy" not in answer.headers:
        faults.append("has no rules for browsers")
    if answer.status_code >= 400 and not kind.startswith((_PAGES, _PROBLEM)):
        faults.append(f"refuses as {kind}")
    if body and kind.startswith(_PROBLEM) and not _POLISH.search(answer.json()["detail"]):
        faults.append("refuses without a sentence")
    return faults
