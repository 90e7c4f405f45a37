import pytest

from core.masking import is_pesel, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("mój pesel 44051401359 proszę", "mój pesel [PESEL] proszę"),
        ("tel. 501 234 567", "tel. [telefon]"),
        ("proszę o telefon +48501234567", "proszę o telefon [telefon]"),
        ("0048 501-234-567 dzwonić", "[telefon] dzwonić"),
        ("(76) 723 31 85", "[telefon]"),
        ("jan.kowalski+x@poczta.onet.pl", "[e-mail]"),
        ("konto PL61 1090 1014 0000 0712 1981 2874", "konto [konto]"),
        ("karta 4111 1111 1111 1111", "karta [karta]"),
        ("auto DL 12345 zastawia ładowarkę", "auto [rejestracja] zastawia ładowarkę"),
        ("dym przy ul. Chojnowskiej 109a/4 znowu", "dym przy ul. Chojnowskiej [numer] znowu"),
        ("mieszkam na ulicy Jaworzyńskiej 12 m. 3", "mieszkam na ulicy Jaworzyńskiej [numer]"),
    ],
)
def test_masks_personal_data(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "PM10 wynosi 134,5 µg/m³",
        "ile dostanę przy dochodzie 135 000 zł",
        "ładowarka CCS 50 kW",
        "dotacja 35 200 zł do 31.12.2026",
        "12345678901",
        "klasa 5 od 2028",
    ],
)
def test_leaves_amounts_and_readings_alone(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(("digits", "valid"), [("44051401359", True), ("44051401358", False), ("4405140135", False)])
def test_pesel_needs_its_check_digit(digits: str, valid: bool) -> None:
    assert is_pesel(digits) is valid
