"""What was found in a file leads to the field in which it is changed."""

from reporter.errors import Mark
from reporter.files.sources import SETTINGS
from reporter.web.forms.entry_places import file_tree
from reporter.web.forms.listings import address_of_mark
from tests.fixtures import LITHUANIA
from tests.snapshots import snapshot

COUNTRY, YEAR = "data/LT/country.yaml", "data/LT/2020.yaml"
PLACES = {
    ("title", "lt"): "/settings/reports#at-title",
    ("thresholds", "jump"): "/settings/thresholds#at-thresholds/jump",
    ("mail", "host"): "/settings/mail#at-mail/host",
    ("mail", "subject", "en"): "/settings/mail#at-mail/subject",
    ("recipients", "minister", "gets"): "/settings/recipients/minister#at-gets",
    ("publish_small_counts", "0", "years"): "/settings/publish_small_counts/0#at-years",
    ("deadlines", "article_19", "due"): "/settings/deadlines/article_19#at-due",
}


def test_each_place_leads_to_its_field_and_no_place_to_another_file() -> None:
    sources = snapshot(LITHUANIA)
    tree = file_tree(sources, SETTINGS)
    marks = {path: tree.marks.get(path) or tree.keys[path] for path in PLACES}
    assert PLACES == {path: address_of_mark(sources, mark) for path, mark in marks.items()}
    begins = {COUNTRY: "/LT/lists/", YEAR: "/LT/2020/lists/", SETTINGS: "/settings/"}
    for file, start in begins.items():
        found = {address_of_mark(sources, mark) for mark in file_tree(sources, file).keys.values()}
        assert [] == [each for each in found if each and not each.startswith(start)]
    figure = file_tree(sources, YEAR).keys["figures", "victims.identified"]
    assert ["", ""] == [address_of_mark(sources, each) for each in (figure, Mark("data/catalogue.yaml", 3))]
