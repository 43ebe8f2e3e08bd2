"""What was found in a file leads to the field in which it is mended."""

import pytest

from reporter.errors import Mark
from reporter.files.sources import SETTINGS
from reporter.web.forms.entry_places import file_tree
from reporter.web.forms.form_places import form_of_mark
from tests.fixtures import LITHUANIA
from tests.snapshots import snapshot

COUNTRY, YEAR = "data/LT/country.yaml", "data/LT/2020.yaml"


@pytest.mark.parametrize(
    ("file", "path", "title", "address"),
    [
        (SETTINGS, ("title", "lt"), "Title, languages, reuse", "/settings/reports#at-title"),
        (SETTINGS, ("thresholds", "jump"), "Percentages and jumps", "/settings/thresholds#at-thresholds/jump"),
        (SETTINGS, ("mail", "host"), "Mail server and sender", "/settings/mail#at-mail/host"),
        (SETTINGS, ("mail", "subject", "en"), "Mail server and sender", "/settings/mail#at-mail/subject"),
        (SETTINGS, ("recipients", "minister", "gets"), "Recipients", "/settings/recipients/minister#at-gets"),
        (
            SETTINGS,
            ("publish_small_counts", "0", "years"),
            "Small counts for the public",
            "/settings/publish_small_counts/0#at-years",
        ),
        (
            SETTINGS,
            ("deadlines", "article_19", "due"),
            "What is due, and when",
            "/settings/deadlines/article_19#at-due",
        ),
        (YEAR, ("figures", "victims.identified"), "", ""),
    ],
)
def test_each_place_leads_to_its_field(file, path, title, address) -> None:
    sources = snapshot(LITHUANIA)
    tree = file_tree(sources, file)
    mark = tree.marks.get(path) or tree.keys[path]
    assert (title, address) == form_of_mark(sources, mark)


def test_every_place_of_country_and_year_leads_to_a_page_or_nowhere() -> None:
    sources = snapshot(LITHUANIA)
    for file in (COUNTRY, YEAR, SETTINGS):
        for path, mark in file_tree(sources, file).keys.items():
            title, address = form_of_mark(sources, mark)
            assert bool(title) is bool(address), path
    assert ("", "") == form_of_mark(sources, Mark("data/catalogue.yaml", 3))
    assert ("", "") == form_of_mark(sources, Mark(YEAR))
