"""Tables that the panel hands out as files."""

from collections.abc import Iterable, Sequence

from fastapi import Response

from core.spreadsheet import csv_of


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return a table as a download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(csv_of([columns, *rows]), media_type="text/csv; charset=utf-8", headers=headers)
