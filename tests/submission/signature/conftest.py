"""An authority, a key, and files to sign."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from reporter.submission import pack
from reporter.submission.signature import (
    Authority,
    Signed,
    Trust,
    load_roots,
)
from tests.authority import NOW, Made, authority
from tests.submission.signature.signed import INFO, sign_with


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Iterator[Made]:
    """The authority."""
    with authority(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture(scope="module")
def trust(made) -> Trust:
    """A reader who trusts the authority, now."""
    return Trust(load_roots((made.root,)), NOW)


@pytest.fixture(scope="module")
def clock(made, trust) -> Authority:
    """The timestamp authority."""
    return Authority(made.tsa, trust.roots)


@pytest.fixture
def pdf(tmp_path) -> Path:
    """A small PDF."""
    path = tmp_path / "small.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(path)
    return path


@pytest.fixture
def package(tmp_path, pdf) -> Path:
    """A small package."""
    return pack(tmp_path / "LT-2020-commission.zip", {"a.csv": b"geo,value\r\nLT,24\r\n", "small.pdf": pdf}, INFO).path


@pytest.fixture(scope="module", params=[False, True], ids=["B-B", "B-LT"])
def profile(request, made, clock, ruritanian, tmp_path_factory) -> tuple[Path, Path, Signed]:
    """A finished profile before and after it was signed."""
    target = tmp_path_factory.mktemp("signed") / "XX-2022-en-signed.pdf"
    signed = sign_with(made, ruritanian.pdf, target, clock if request.param else None)
    return ruritanian.pdf, target, signed
