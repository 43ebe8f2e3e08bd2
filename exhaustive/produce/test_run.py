"""The same input gives the same bytes in another folder, time zone and locale."""

import pytest

from tests.fixtures import LITHUANIA, RURITANIA, build, copy_workspace, elsewhere


@pytest.mark.parametrize("country", ["LT", "XX"])
def test_the_same_input_gives_the_same_bytes_elsewhere(country, lithuanian, ruritanian, tmp_path):
    source, first, year = {"LT": (LITHUANIA, lithuanian, 2020), "XX": (RURITANIA, ruritanian, 2022)}[country]
    other = tmp_path / "another folder"
    copy_workspace(source, other)
    build(other, country, year, **elsewhere(tmp_path / "temporary files"))
    assert first.pdf.read_bytes() == (other / first.pdf.relative_to(first.workspace)).read_bytes()
