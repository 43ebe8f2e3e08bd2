"""The bytes of a document do not depend on how its pieces came about."""

import io
import signal
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from reporter.data.files.processes import EndedError, Pool
from reporter.data.files.store import Store
from reporter.data.theme.tokens import Theme
from reporter.formats.pdf import Pdf, write_pdf
from tests.pdf.test_joining import short, work


@pytest.fixture(scope="module")
def cold(theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    return write_pdf(work(theme, short(), Store(tmp_path_factory.mktemp("cold"))))


def identifier(made: Pdf) -> str:
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        return str(pdf.trailer.ID[0])


def test_the_bytes_are_the_same_after_another_page(cold: Pdf, theme: Theme, tmp_path: Path) -> None:
    another = write_pdf(work(theme, short().replace("<title>", "<title>Another: "), Store(tmp_path)))
    assert cold == write_pdf(work(theme, short(), Store(tmp_path)))
    assert identifier(cold) != identifier(another)


def test_the_bytes_are_the_same_with_a_helper_and_when_it_was_killed(cold: Pdf, theme: Theme) -> None:
    with closing(Pool(1, "reporter.formats.pdf")) as helpers:
        assert cold == write_pdf(work(theme, short()), helpers=helpers)
        killed = helpers.submit(signal.raise_signal, signal.SIGKILL)
        assert isinstance(killed.exception(), EndedError)
        assert cold == write_pdf(work(theme, short()), helpers=helpers)


def test_another_design_has_pieces_of_its_own(theme: Theme, tmp_path: Path) -> None:
    write_pdf(replace(work(theme, short(), Store(tmp_path)), design="one"))
    count = len(list(tmp_path.iterdir()))
    write_pdf(replace(work(theme, short(), Store(tmp_path)), design="two"))
    assert 2 * count == len(list(tmp_path.iterdir()))
