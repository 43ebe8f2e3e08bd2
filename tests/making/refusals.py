"""Small workspaces whose build is refused, and what is said."""

from pathlib import Path

YEAR, TEXT, COUNTRY = "data/XX/2020.yaml", "data/XX/text/en/2020.md", "data/XX/country.yaml"
FOLDER = "build/XX/2020"
REPORT = f"{FOLDER}/XX-2020-en.pdf"
BUILD = ("build", "XX", "2020", "--force")


def files(folder: Path) -> dict[str, bytes]:
    """What stands in the folders of reports, besides what was found in the data."""
    found = (path for path in (folder / "build").rglob("*") if path.is_file() and path.suffix != ".lock")
    found = (path for path in found if "findings" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert 1 == text.count(old)
    path.write_text(text.replace(old, new))
