"""The page is that of the public; the restricted edition is shown to whoever asks for it, and says so."""

import re
from collections.abc import Iterator

import pytest

from tests import small
from tests.web.serving import Asker, come_in, running

PAGE, EDITION, RESTRICTED = "/XX/2020/page/en", "/XX/2020/edition/en", "?for=restricted"
FIGURES = small.FILES[small.YEAR].replace("women: 60, men: 20", "women: 57, men: 20, children: 3")
CHILDREN = "{because: small}"
TEXT = (
    "# victims\n\n::: restricted\nThere were {{ victims.identified.children }} children.\n:::\n::: public\nFew.\n:::\n"
)


@pytest.fixture(scope="module")
def asker(tmp_path_factory) -> Iterator[Asker]:
    """Somebody beside a year of which a value is withheld."""
    files = {
        small.YEAR: FIGURES,
        small.TEXT: small.FILES[small.TEXT] + "\n" + TEXT,
        "data/XX/protection/2020.yaml": f"withheld:\n  2020: {{victims.identified.children: {CHILDREN}}}\n",
    }
    with running(small.write(tmp_path_factory.mktemp("audiences"), files)) as bench:
        bench.desk.read_now()
        yield come_in(bench)


def test_each_edition_has_what_its_audience_may_know(asker: Asker) -> None:
    public, restricted = (asker.get(f"{EDITION}{each}").text for each in ("", RESTRICTED))
    told = ("There were", "Few.")
    assert [(False, True), (True, False)] == [tuple(each in page for each in told) for page in (public, restricted)]


def test_the_page_says_for_whom_it_is_and_leads_to_the_other_one(asker: Asker) -> None:
    public, restricted = (asker.get(f"{PAGE}{each}").text for each in ("", RESTRICTED))
    assert "This is the public edition" in public
    assert "Not for the public" not in public
    assert "Not for the public." in restricted
    assert f'href="{PAGE}{RESTRICTED}"' in public
    frame = re.search(r"<iframe[^>]*>", restricted)[0]
    assert re.search(rf'src="{EDITION}\{RESTRICTED}"[^>]*data-changes="{EDITION}/changes\{RESTRICTED}"', frame)


def test_pages_on_paper_keep_the_audience(asker: Asker) -> None:
    assert 'href="/XX/2020/paper/en?for=restricted"' in asker.get(f"{PAGE}{RESTRICTED}").text
    public, restricted = (asker.get(f"/XX/2020/paper/en/victims{each}").text for each in ("", RESTRICTED))
    digests = [re.search(r'data-made="/making/([\w-]+)"', page)[1] for page in (public, restricted)]
    assert ["public", "restricted"] == [each.rpartition("-")[2] for each in digests]
