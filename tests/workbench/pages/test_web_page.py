"""The page is that of the public; the restricted edition is shown to those who ask for it, and says so."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from reporter.cli.group import run
from reporter.workbench.texts.web_page import FRAME_POLICY
from tests import small
from tests.workbench.serving import Asker, come_in, running, words

PAGE, EDITION, RESTRICTED = "/XX/2020/page/en", "/XX/2020/edition/en", "?for=restricted"
FIGURES = small.FILES[small.YEAR].replace("women: 60, men: 20", "women: 57, men: 20, children: 3")
CHILDREN = "{because: small}"
TEXT = (
    "# victims\n\n::: restricted\nThere were {{ victims.identified.children }} children.\n:::\n::: public\nFew.\n:::\n"
)


@pytest.fixture(scope="module")
def asker(tmp_path_factory) -> Iterator[Asker]:
    files = {
        small.YEAR: FIGURES,
        small.TEXT: small.FILES[small.TEXT] + "\n" + TEXT,
        "data/XX/protection/2020.yaml": f"withheld:\n  2020: {{victims.identified.children: {CHILDREN}}}\n",
    }
    with running(small.write(tmp_path_factory.mktemp("audiences"), files)) as bench:
        bench.desk.read_now()
        yield come_in(bench)


def test_each_edition_has_what_its_audience_may_know_and_says_for_whom_it_is(asker: Asker) -> None:
    public, restricted = (asker.get(f"{EDITION}{each}").text for each in ("", RESTRICTED))
    told = ("There were", "Few.")
    assert [(False, True), (True, False)] == [tuple(each in page for each in told) for page in (public, restricted)]
    public, restricted = (asker.get(f"{PAGE}{each}").text for each in ("", RESTRICTED))
    assert (True, False) == ("This is the public edition" in public, "Not for the public" in public)
    assert (True, True) == ("Not for the public." in restricted, f'href="{PAGE}{RESTRICTED}"' in public)
    frame = re.search(r"<iframe[^>]*>", restricted)[0]
    assert re.search(rf'src="{EDITION}\{RESTRICTED}"[^>]*data-changes="{EDITION}/changes\{RESTRICTED}"', frame)
    assert 'href="/XX/2020/paper/en/XX-2020-en.pdf?for=restricted"' in asker.get(f"{PAGE}{RESTRICTED}").text
    public, restricted = (asker.get(f"/XX/2020/paper/en/victims{each}").text for each in ("", RESTRICTED))
    digests = [re.search(r'data-made="/making/([\w-]+)"', page)[1] for page in (public, restricted)]
    assert ["public", "restricted"] == [each.rpartition("-")[2] for each in digests]


def test_the_frame_runs_nothing_and_of_a_number_every_place_is_told(asker: Asker) -> None:
    answer = asker.get(EDITION)
    assert FRAME_POLICY == answer.headers["content-security-policy"]
    directives = dict(each.strip().partition(" ")[::2] for each in FRAME_POLICY.split(";"))
    assert ("'none'", False) == (directives["default-src"], "script-src" in directives)
    assert (True, False) == tuple(each in directives["sandbox"] for each in ("allow-same-origin", "allow-scripts"))
    assert not re.search(r"<script|http-equiv|url\(.?data:font|<style>\s*@font-face", answer.text)
    sheets = re.findall(r'href="(/a/[^"]+\.css)"', answer.text)
    assert sheets
    fonts = [each for sheet in sheets for each in re.findall(r"/a/[^)\"]+", asker.get(sheet).text)]
    for path in {*sheets, *fonts, *re.findall(r"/a/[\w.]+", answer.text)}:
        answer = asker.get(path)
        assert (200, True) == (answer.status, "immutable" in answer.headers["cache-control"]), path
    assert 404 == asker.get("/a/0123.css").status
    told = words(asker.get("/XX/2020/figure/investigations.opened").text)
    line = next(
        number
        for number, each in enumerate(FIGURES.splitlines(), 1)
        if each.strip().startswith("investigations.opened:")
    )
    assert f"{small.YEAR}:{line}" in told
    for kind in ("text", "Figure ", "Table ", "alternative text", "XX-2020-observations.csv"):
        assert kind in told, kind
    assert 'id="section-draft_findings"' in asker.get(EDITION).text
    paths = ("/XX/2020/figure/no.such", "/XX/2020/page/xx", "/XX/1999/page/en", "/XX/2020/edition/..")
    assert [404] * 4 == [asker.get(each).status for each in paths]
    assert 200 == asker.get("/XX/2020/figure/investigations.opened?of=1").status
    for path in (f"{EDITION}/changes", "/XX/compare/changes?sides=2018,2019"):
        heard = json.loads(asker.get(path).body)
        told = dict(heard)
        have = f"have={told.get('page', {}).get('digest', '')}&tried={quote(told['tried'])}"
        assert [] == json.loads(asker.get(f"{path}{'&' if '?' in path else '?'}{have}").body)
        assert ("page" in told) is path.startswith(EDITION)


def test_what_is_published_leads_nowhere(tmp_path: Path) -> None:
    root = small.write(tmp_path, small.FINAL)
    assert 0 == run(["build", "XX", "2020", "-w", str(root), "--format", "html", "--quiet"])
    assert "data-at" not in (root / "build/XX/2020/XX-2020-en.html").read_text()
