"""Lists come from Excel, from other programs and from colleagues; all of these are read, nothing else is."""

import pytest

from notifier.subscriptions.list_file import FileFault, ListRefusedError, ListRow, read_list

HEADER = "phone;topics;districts;consent_date;consent_source"
ROW = "512345678;smog,komunikaty;Piątnica;2026-11-03;formularz 12/2026"
READ = ListRow(2, "512345678", ("smog", "komunikaty"), ("Piątnica",), "2026-11-03", "formularz 12/2026")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_encodings_of_offices_are_read(encoding: str, end: str) -> None:
    assert read_list(f"{HEADER}{end}{ROW}{end}".encode(encoding)) == (READ,)


def test_commas_divide_columns_when_cells_are_quoted() -> None:
    row = '512345678,"smog,komunikaty",Piątnica,2026-11-03,formularz 12/2026'
    data = f"{HEADER.replace(';', ',')}\n{row}"
    assert read_list(data.encode()) == (READ,)


def test_polish_names_in_any_order_with_columns_of_ones_own() -> None:
    data = "Lp.;Źródło zgody;Data zgody;Tematy;Numer telefonu\n1;papier;3.11.2026;smog;512 345 678"
    assert read_list(data.encode()) == (ListRow(2, "512 345 678", ("smog",), (), "3.11.2026", "papier"),)


def test_line_numbers_are_those_of_the_file() -> None:
    first = '512345678;smog;;2026-11-03;"formularz\nz dwoma wierszami"'
    data = f"{HEADER}\n\n{first}\n;;;;\n600700800;smog;;2026-11-03;papier\n"
    assert [row.line for row in read_list(data.encode())] == [3, 6]


def test_a_row_that_is_too_short_is_read_as_far_as_it_goes() -> None:
    assert read_list(f"{HEADER}\n512345678;smog".encode())[0].consent_date == ""


@pytest.mark.parametrize(
    ("data", "fault", "detail"),
    [
        (b"", FileFault.EMPTY, ""),
        (b" \n \n", FileFault.EMPTY, ""),
        (HEADER.encode(), FileFault.EMPTY, ""),
        (b"\x89PNG\r\n\x1a\n\0\0\0", FileFault.UNREADABLE, ""),
        (f"{HEADER}\n{ROW}".encode("utf-16"), FileFault.UNREADABLE, ""),
        (b"phone;topics;consent_source\n512345678;smog;papier", FileFault.NO_COLUMN, "consent_date"),
        (f'{HEADER}\n{ROW}\n"512345678;smog'.encode(), FileFault.NOT_CSV, "3"),
        (b"x" * 20_000_001, FileFault.TOO_LARGE, ""),
    ],
)
def test_any_other_file_is_refused_whole(data: bytes, fault: FileFault, detail: str) -> None:
    with pytest.raises(ListRefusedError) as refused:
        read_list(data)
    assert (refused.value.fault, refused.value.detail) == (fault, detail)
