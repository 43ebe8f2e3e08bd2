"""A page has the same bytes elsewhere."""

from tests.fixtures import RURITANIA, build, copy_workspace, elsewhere


def test_the_page_has_the_same_bytes_elsewhere(ruritanian_page, tmp_path):
    folder = tmp_path / "another folder"
    copy_workspace(RURITANIA, folder)
    build(folder, "XX", 2022, "--format", "html", **elsewhere(tmp_path / "temporary files"))
    other = folder / ruritanian_page.page.relative_to(ruritanian_page.workspace)
    assert ruritanian_page.page.read_bytes() == other.read_bytes()
