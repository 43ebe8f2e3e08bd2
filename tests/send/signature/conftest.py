"""An authority, a key, and files to sign."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from reporter.exchange.signature import Authority, Signed, Trust, load_roots
from reporter.formats.bagit import pack
from tests.authority import NOW, Made, authority
from tests.send.signature.signed import INFO, sign_with


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Iterator[Made]:
    with authority(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture(scope="session")
def trust(made) -> Trust:
    return Trust(load_roots((made.root,)), NOW)


@pytest.fixture(scope="session")
def clock(made, trust) -> Authority:
    return Authority(made.tsa, trust.roots)


@pytest.fixture
def pdf(tmp_path) -> Path:
    path = tmp_path / "small.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(path)
    return path


@pytest.fixture
def package(tmp_path) -> Path:
    return pack(tmp_path / "LT-2020-commission.zip", {"a.csv": b"geo,value\r\nLT,24\r\n"}, INFO).path


@dataclass(frozen=True, slots=True)
class Case:
    before: Path
    after: Path
    signed: Signed


@pytest.fixture(scope="session", params=[False, True], ids=["B-B", "B-LT"])
def case(request, made, clock, tmp_path_factory) -> Case:
    folder = tmp_path_factory.mktemp("signed")
    with pikepdf.new() as blank:
        blank.add_blank_page()
        blank.attachments["a.csv"] = b"geo,value"
        blank.save(folder / "a.pdf")
    after = folder / "a-signed.pdf"
    return Case(folder / "a.pdf", after, sign_with(made, folder / "a.pdf", after, clock if request.param else None))


@pytest.fixture
def without_pyhanko(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("reporter.exchange.signature", "pyhanko"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
