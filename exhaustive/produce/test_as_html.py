"""A page has the same bytes elsewhere."""

from tests.fixtures import RURITANIA, build, copy_workspace, elsewhere


def test_the_page_has_the_same_bytes_elsewhere(ruritanian_page, tmp_path):
    folder = tmp_path / "another folder"
    copy_workspace(RURITANIA, folder)
    build(folder, "XX", 2022, "--format", "html", **elsewhere(tmp_path / "temporary files"))
    made, again = (sorted((root / "build/XX/2022").glob("*.html")) for root in (ruritanian_page.workspace, folder))
    assert ["XX-2022-data-and-methods-en.html", "XX-2022-en.html"] == [path.name for path in made]
    assert {path.name: path.read_bytes() for path in made} == {path.name: path.read_bytes() for path in again}
