"""The page that a package begins with: what it is, what is in it, how to check it, for people without the program."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.records import Audience, Label, PackagePart
from reporter.editions.job import Job
from reporter.editions.program import program_digest
from reporter.exchange.package.package_checks import active_flaw
from reporter.exchange.package.package_contents import PARTS, Consignment, Enclosed, enclose, enclose_sources
from reporter.exchange.package.packaging import consign
from reporter.exchange.package.start_page import start_page
from reporter.formats.bagit.bag import measure
from tests import small
from tests.snapshots import published_state

READERS = """\
  readers: {channel: folder, folder: out, language: en, gets: [csv], audience: public, name: {en: Readers}}
  ministry: {channel: folder, folder: out, language: lt, gets: [csv], audience: restricted,
             name: {en: M, lt: Ministerija}}
"""
SETTINGS = small.FINAL["reporter.yaml"].replace("[en]", "[en, lt]").replace("{en: Small}", "{en: Small, lt: Maža}")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.write(tmp_path_factory.mktemp("start"), small.FINAL | {"reporter.yaml": SETTINGS + READERS})


def consigned(root: Path, code: str, audience: Audience = Audience.PUBLIC) -> Consignment:
    state = published_state(Workspace(root), Job("XX", 2020, "", audience=audience), ("en", "lt"))
    recipient = state.checked.dataset.settings.recipient(code)
    return consign(Workspace(root), state, recipient, program_digest(), ())


@pytest.fixture(scope="module")
def sent(root: Path) -> Consignment:
    return consigned(root, "readers")


@pytest.fixture(scope="module")
def files(sent: Consignment) -> dict[str, Enclosed]:
    return enclose(sent, [enclose_sources, PARTS[PackagePart.CSV]])


def page_of(sent: Consignment, files: dict[str, Enclosed]) -> str:
    ((name, each),) = start_page(sent, files).items()
    assert "start.html" == name
    assert isinstance(each.content.source, bytes)
    return each.content.source.decode().replace("\xa0", " ")


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2])).split())


def test_every_file_is_named_once_with_its_size_and_what_it_is_and_led_to(sent, files):
    page = page_of(sent, files)
    listed = page[page.index('id="files"') : page.index('id="check"')]
    assert sorted(files) == sorted(re.findall(r'<a href="([^"]+)">', listed))
    for path, each in files.items():
        assert f">{path}</a>" in listed
        assert unescape(listed).replace("\u2060", "").count(each.title) == 1, each.title
    sizes = re.findall(r"[\d.,]+ (?:kB|MB)", words_of(f"<body>{listed}"))
    assert len(files) == len(sizes)
    # In kB, or in tenths of a MB.
    (path,) = [each for each in files if each.endswith("-observations.csv")]
    for size, words in ((99, "1 kB"), (12_545, "13 kB"), (3_040_000, "3.0 MB")):
        each = replace(files[path], content=measure(bytes(size)))
        assert words in words_of(page_of(sent, {path: each}))


def test_it_is_the_same_in_whatever_order_of_files_and_runs_loads_and_sends_nothing(sent, files):
    ((_, each),) = start_page(sent, files).items()
    page = each.content.source.decode()
    # The commands have blanks that a shell knows.
    assert [True] * 4 == [command.isascii() for command in re.findall(r"<pre>.*?</pre>", page, re.DOTALL)]
    assert "" == active_flaw("data/start.html", page.encode())
    assert page_of(sent, files) == page_of(sent, dict(sorted(files.items(), reverse=True)))


def test_it_says_what_the_package_is_from_whom_and_for_whom(sent, files):
    told = words_of(page_of(sent, files))
    # How to open CSV is said only where there are some.
    sources = {path: each for path, each in files.items() if path.startswith("source/")}
    assert [True, False] == ["65001" in words for words in (told, words_of(page_of(sent, sources)))]
    for words in (
        "What to open first All figures of the edition and of earlier years, one value per line",
        "Document Small: XX, 2020 From National Rapporteur Ministry Intended for Readers",
        "Edition Sent before publication: no number yet",
        "reporter verify XX-2020-readers.zip",
    ):
        assert words in told


def test_it_names_the_pdfs_to_which_pages_lead_and_which_it_does_not_hold(sent, files):
    jobs = {Job("XX", 2020, "en"): {}, Job("XX", 2020, "lt"): {}}
    some = next(iter(files.values()))
    held = files | dict.fromkeys(
        ("XX-2020-en.html", "XX-2020-lt.html", "XX-2020-lt.pdf", "XX-2020-en-signed.pdf"), some
    )
    told = "Missing from this package, or under another name: XX-2020-en.pdf."
    assert told in page_of(replace(sent, documents=jobs), held)
    assert "Links of the web pages" not in page_of(replace(sent, documents=jobs), held | {"XX-2020-en.pdf": some})


def test_a_corrigendum_says_its_number_what_it_replaces_and_why(sent, files):
    reason = Label((("en", "One victim was counted twice."),))
    first = SimpleNamespace(number=0, date="2021-04-01")
    releases = (first, SimpleNamespace(number=1, date="2021-05-03", reason=reason))
    told = words_of(page_of(replace(sent, releases=releases, replaces="XX-2020-readers.zip, SHA-256 ab"), files))
    assert "This is corrigendum 1 of 3 May 2021. It replaces the edition published on 1 April 2021." in told
    assert "Why it was corrected One victim was counted twice." in told
    assert "Replaces XX-2020-readers.zip, SHA-256 ab" in told
    told = words_of(page_of(replace(sent, releases=(first,)), files))
    assert "The first edition, published on 1 April 2021" in told


def test_it_is_in_the_language_of_the_recipient_and_says_that_not_everybody_may_read_it(root):
    sent = consigned(root, "ministry", Audience.RESTRICTED)
    page = page_of(sent, enclose(sent, [PARTS[PackagePart.CSV]]))
    assert ('<html lang="lt">' in page, "Kam skirta Ministerija" in words_of(page)) == (True, True)
    assert words_of(page).startswith("Ribotos prieigos leidimas, neskelbtinas")
