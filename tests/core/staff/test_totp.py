"""The address that an authenticator app reads."""

from core.staff.totp import enrolment_uri


def test_the_app_shows_city_and_name() -> None:
    uri = enrolment_uri("ABCDEFGH" * 4, "Anna Nowak", "Panel Borowina")
    assert (
        uri
        == "otpauth://totp/Panel%20Borowina:Anna%20Nowak?secret=ABCDEFGHABCDEFGHABCDEFGHABCDEFGH&issuer=Panel%20Borowina"
    )
