"""Addresses, servers, days and checksums are what they say, or are told what to write."""

import pytest
from pydantic import TypeAdapter, ValidationError

from reporter.load.text_forms import Address, Day, Host, Secure, Sha256, Web, paragraphs

RIGHT = [
    (Address, "office@ministry.example"),
    (Address, "o'neil+eu@a-b.example"),
    (Web, "http://www.police.example"),
    (Web, "https://ministry.example:8443/a/b?c=d&e=f#g"),
    (Web, "https://švietimas.example/ąžuolas"),
    (Secure, "https://law.example/eli/dir/2011/36/oj"),
    (Host, "smtp.ministry.example"),
    (Host, "localhost"),
    (Day, "12-31"),
    (Day, "02-28"),
    (Sha256, "0123456789abcdef" * 4),
]
WRONG = [
    (Address, "office", "is not a mail address"),
    (Address, "office@localhost", "is not a mail address"),
    (Address, "a@b.example\nBcc: c@d.example", "is not a mail address"),
    (Address, "ž@b.example", "is not a mail address"),
    (Address, f"{'a' * 65}@b.example", "is not a mail address"),
    (Web, "www.police.example", "is no address of the web | write https://www.police.example, if that opens it"),
    (Web, "javascript:alert(1)", "is no address of the web | write one such as https://ministry.example"),
    (Web, "mailto:a@b.example", "is no address of the web"),
    (Web, "https://user:password@bank.example", "is no address of the web"),
    (Web, "https://ministry", "is no address of the web"),
    (Web, "https://ministry.example/a b", "is no address of the web"),
    (Web, "https://ministry.example.", "is no address of the web"),
    (Web, "", "is no address of the web"),
    (Secure, "http://law.example/code", "begins with https:// | write https://law.example/code, if that opens it"),
    (Host, "smtp ministry", "is not the name of a server"),
    (Host, "smtp.example:25", "is not the name of a server"),
    (Day, "02-29", "is no day of every year"),
    (Day, "13-01", "is no day of every year"),
    (Day, "1-1", "is no day of every year"),
    (Day, "12-31x", "is no day of every year"),
    (Sha256, "0123456789ABCDEF" * 4, "is no SHA-256"),
    (Sha256, "0" * 63, "is no SHA-256"),
    (Sha256, "0" * 65, "is no SHA-256"),
]


@pytest.mark.parametrize(("form", "written"), RIGHT)
def test_what_has_its_form_is_taken_as_it_is(form: object, written: str) -> None:
    assert written == TypeAdapter(form).validate_python(written)


@pytest.mark.parametrize(("form", "written", "said"), WRONG)
def test_what_has_not_its_form_is_refused(form: object, written: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        TypeAdapter(form).validate_python(written)


@pytest.mark.parametrize(
    ("form", "written"), [(Address, "office at ministry"), (Web, "www.police.example"), (Secure, "http://law.example")]
)
def test_what_was_published_is_read_in_any_form(form: object, written: str) -> None:
    assert written == TypeAdapter(form).validate_python(written, context={"frozen": True})


def test_paragraphs_are_kept_with_single_spaces_in_each() -> None:
    label = paragraphs({"en": "Dear  all,\nwe send\n\n\nYours \n"})
    assert "Dear all, we send\n\nYours" == label.text("en")
