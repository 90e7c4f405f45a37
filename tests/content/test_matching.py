import pytest

from content.matching import Form, Hit, Matcher, without_overlaps


def found(matcher: Matcher[str], text: str) -> list[tuple[str | None, str]]:
    return [(hit.key, text[hit.start : hit.end]) for hit in without_overlaps(matcher.find(text))]


@pytest.mark.parametrize(
    ("phrase", "max_edits", "text", "expected"),
    [
        ("żółw", 1, "mam ŻÓŁWIA i zolw", ["zolw"]),
        ("kopciuch*", 0, "dwa kopciuchami grzane", ["kopciuchami"]),
        ("kopciuch*", 1, "mam kopcucha", ["kopcucha"]),
        ("czyste powietrze", 1, "czyste poweitrze", ["czyste poweitrze"]),
        ("czyste powietrze", 1, "czytse poweitrze", []),
        ("czyste powietrze", 0, "Czyste. Tylko powietrze", []),
        ("rynek", 1, "rynk", []),
        ("pm2 5", 0, "ile PM2,5 i PM2.5?", ["PM2,5", "PM2.5"]),
        ("typ 2", 1, "typ 3", []),
        # an error anywhere: exchanged, missing, added, replaced; two only in a long word
        ("zosinek", 1, "ozsinek", ["ozsinek"]),
        ("zosinek", 1, "zosienek", ["zosienek"]),
        ("tarninow", 1, "trninowe", []),
        ("rzeczypospolitej", 2, "rzeczyposplitej i żeczpospolitej", ["rzeczyposplitej", "żeczpospolitej"]),
        ("przybkow", 2, "pszybkuw", []),
        ("kopciuch*", 1, "kopcichem, kpociuchami", ["kopcichem", "kpociuchami"]),
        # torn apart, but not where a part is a name itself
        ("zakaczawie", 1, "zaka czawie", ["zaka czawie"]),
        ("zakaczawie", 0, "zaka czawie", []),
    ],
    ids=lambda value: str(value) if not isinstance(value, list) else "",
)
def test_finds_a_form_as_it_is_written(phrase: str, max_edits: int, text: str, expected: list[str]) -> None:
    assert [text for _, text in found(Matcher([Form(phrase, "x", max_edits)]), text)] == expected


def test_the_longest_name_wins_and_a_false_name_hides_the_name_inside_it() -> None:
    matcher = Matcher(
        [Form("piekary", "piekary"), Form("stare piekary", "stare"), Form("rynek pracy", None), Form("rynek", "rynek")]
    )
    assert found(matcher, "Stare Piekary i rynek pracy, potem rynek") == [
        ("stare", "Stare Piekary"),
        (None, "rynek pracy"),
        ("rynek", "rynek"),
    ]


def test_an_exact_match_is_better_than_one_with_an_error() -> None:
    hits = Matcher([Form("bielany", "a", 1), Form("bielawa", "b", 1)]).find("bielany")
    assert [(hit.key, hit.score) for hit in hits] == [("a", 1.0)]


def test_an_ordinary_word_is_never_read_as_a_misspelt_name() -> None:
    assert not Matcher([Form("piekary", "x", 1)], not_typos=["piekarz*"]).find("idę do piekarzy")


def test_equal_hits_keep_the_order_in_which_they_were_preferred() -> None:
    first, second = Hit("a", 0, 5, 1.0), Hit("b", 0, 5, 1.0)
    assert without_overlaps([second, first]) == (second,)


def test_a_wrong_first_letter_is_told_apart() -> None:
    hits = Matcher([Form("zosinek", "x", 1)]).find("xosinek zosinekk")
    assert [(hit.edits, hit.first_letter_wrong) for hit in hits] == [(1, True), (1, False)]


def test_a_short_word_glued_to_a_name_is_taken_off() -> None:
    matcher = Matcher([Form("chojnowska", "x")], glued=("ul", "na"))
    text = "mieszkam ulchojnowska 5"
    assert [word.text for word in matcher.words(text)] == ["mieszkam", "ul", "chojnowska", "5"]
    assert found(matcher, text) == [("x", "chojnowska")]


def test_of_two_names_the_pieces_of_one_are_no_torn_name() -> None:
    matcher = Matcher([Form("stare", "a"), Form("piekary", "b"), Form("starepiekary", "c", 1)])
    assert found(matcher, "stare piekary") == [("a", "stare"), ("b", "piekary")]
