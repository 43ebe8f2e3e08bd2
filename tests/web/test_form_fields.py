"""Forms with files, as browsers send them."""

import asyncio

import pytest
from starlette.requests import Request

from reporter.errors import ReporterError
from reporter.web.form_fields import read_parts

KIND = "multipart/form-data; boundary=----x7"


def read(body: bytes, kind: str = KIND) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())]}
    return asyncio.run(read_parts(Request(scope, receive)))


def part(head: str, content: bytes) -> bytes:
    return f"------x7\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"


END = b"------x7--\r\n"


def test_a_file_keeps_every_byte_and_a_field_its_words() -> None:
    content = bytes(range(256)) + b"\r\n--\r\n----x\r\n\r\n"
    body = part('name="note"', "Ačiū.\r\nB.".encode()) + part('name="file"; filename="Gauta ė.eml"', content) + END
    assert ({"note": "Ačiū.\nB."}, {"file": ("Gauta ė.eml", content)}) == read(body)


def test_of_the_name_of_a_file_its_last_part_counts_and_a_file_that_was_not_chosen_is_none() -> None:
    for name in ("../../etc/passwd", "C:\\\\Users\\\\a\\\\passwd", "/passwd"):
        assert {"file": ("passwd", b"x")} == read(part(f'name="file"; filename="{name}"', b"x") + END)[1]
    assert ({}, {}) == read(part('name="file"; filename=""', b"") + END)


def test_what_has_no_part_has_no_field() -> None:
    for body in (b"", b"------x7", END, b"nothing\r\n------x7--"):
        assert ({}, {}) == read(body)


def test_too_many_fields_are_refused() -> None:
    with pytest.raises(ReporterError, match="cannot be read"):
        read(b"".join(part(f'name="n{each}"', b"x") for each in range(1100)) + END)
