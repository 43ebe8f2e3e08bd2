"""The map beside the form is that of the cover."""

from pathlib import Path

from reporter.files.workspace import packaged_folder
from reporter.theme.cover import cover_map
from reporter.theme.tokens import DEFAULT, load_theme
from tests import small
from tests.web.serving import come_in, running


def test_the_map_is_that_of_the_cover_and_of_nothing_else(tmp_path: Path) -> None:
    theme = load_theme(packaged_folder("assets"), DEFAULT)
    with running(small.write(tmp_path)) as bench:
        asker = come_in(bench)
        answer = asker.get("/new/cover/FI")
        assert (200, "image/svg+xml") == (answer.status, answer.headers["content-type"].partition(";")[0])
        assert cover_map(theme, "FI") == answer.body
        assert 200 == asker.get("/new/cover/none").status
        assert [404] * 3 == [asker.get(f"/new/cover/{each}").status for each in ("ZZ", "fi", "FI-SE")]
