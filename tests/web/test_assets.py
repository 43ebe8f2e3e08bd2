"""What pages load comes with the program, and is what it says it is."""

import re

from reporter.files.checksum import checksum
from reporter.web.assets import load_assets
from tests.fixtures import ROOT

FOLDER = ROOT / "assets" / "desk"


def test_what_others_wrote_is_what_they_published() -> None:
    told = dict(re.findall(r"^\| `([\w.]+)`.* ([0-9a-f]{64}) \|$", (FOLDER / "README.md").read_text(), re.M))
    assert {"htmx.js"} == told.keys()
    assert told == {name: checksum((FOLDER / name).read_bytes()) for name in told}


def test_every_file_of_the_folder_is_loaded_by_pages_or_tells_of_the_others() -> None:
    assert {"README.md", "LICENSE"} == {path.name for path in FOLDER.iterdir()} - load_assets().keys()


def test_a_stylesheet_asks_for_nothing_but_what_is_here_under_an_address_of_its_content() -> None:
    assets = load_assets()
    sheets = " ".join(assets[name].content.decode() for name in ("tokens.css", "desk.css"))
    asked = set(re.findall(r"url\((.*?)\)", sheets))
    assert any(each.endswith(".ttf") for each in asked)
    assert set() == asked - {each.path for each in assets.values()}
    assert len(assets) == len({each.path for each in assets.values()})
    assert all(checksum(each.content)[:16] in each.path for each in assets.values())
    known, used = (set(re.findall(each, sheets)) for each in (r"--([a-z-]+):", r"var\(--([a-z-]+)"))
    assert set() == used - known
    own = re.sub(r"url\(.*?\)", "", assets["desk.css"].content.decode())
    assert [] == re.findall(r"#[0-9a-fA-F]{3,8}\b(?! )", own)
