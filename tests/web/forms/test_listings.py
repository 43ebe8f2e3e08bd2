"""What was found in a file leads to the field in which it is mended."""

import pytest

from reporter.errors import Mark
from reporter.files.sources import SETTINGS
from reporter.web.forms.entry_places import file_tree
from reporter.web.forms.listings import address_of_mark
from tests.fixtures import LITHUANIA
from tests.snapshots import snapshot

COUNTRY, YEAR = "data/LT/country.yaml", "data/LT/2020.yaml"


@pytest.mark.parametrize(
    ("file", "path", "address"),
    [
        (SETTINGS, ("title", "lt"), "/settings/reports#at-title"),
        (SETTINGS, ("thresholds", "jump"), "/settings/thresholds#at-thresholds/jump"),
        (SETTINGS, ("mail", "host"), "/settings/mail#at-mail/host"),
        (SETTINGS, ("mail", "subject", "en"), "/settings/mail#at-mail/subject"),
        (SETTINGS, ("recipients", "minister", "gets"), "/settings/recipients/minister#at-gets"),
        (
            SETTINGS,
            ("publish_small_counts", "0", "years"),
            "/settings/publish_small_counts/0#at-years",
        ),
        (
            SETTINGS,
            ("deadlines", "article_19", "due"),
            "/settings/deadlines/article_19#at-due",
        ),
        (YEAR, ("figures", "victims.identified"), ""),
    ],
)
def test_each_place_leads_to_its_field(file, path, address) -> None:
    sources = snapshot(LITHUANIA)
    tree = file_tree(sources, file)
    mark = tree.marks.get(path) or tree.keys[path]
    assert address == address_of_mark(sources, mark)


def test_every_place_of_settings_country_and_year_leads_to_a_page_of_its_file_or_nowhere() -> None:
    sources = snapshot(LITHUANIA)
    begins = {COUNTRY: "/LT/lists/", YEAR: "/LT/2020/lists/", SETTINGS: "/settings/"}
    for file, start in begins.items():
        for mark in file_tree(sources, file).keys.values():
            address = address_of_mark(sources, mark)
            assert not address or address.startswith(start)
    assert "" == address_of_mark(sources, Mark("data/catalogue.yaml", 3))
