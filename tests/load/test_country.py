"""A country is the one of its folder, and its texts on methodology are well written."""

import pytest

from tests import small
from tests.small import wrong


def test_a_country_must_be_the_one_of_its_folder(tmp_path):
    content = small.FILES["data/XX/country.yaml"].replace("XX", "YY")
    assert [
        "1:7 wrong-country: the country is YY, but the folder is XX | write code: XX, or rename the folder"
    ] == wrong(tmp_path, content, "data/XX/country.yaml")


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        (
            "data/XX/country.yaml",
            "methodology: {contat: {en: X}}",
            "7:15 wrong-type: 'contat' is no heading of the methodology | did you mean 'contact'?",
        ),
        (
            "data/XX/country.yaml",
            "methodology: {contact: X}",
            "7:24 wrong-type: contact: a text needs its language | write {en: …}",
        ),
        (
            "data/catalogue.yaml",
            "abbreviations: {eu: {short: {en: EU}}}",
            "48:21 missing-key: key 'full' is missing | add a line full: …",
        ),
        (
            "data/catalogue.yaml",
            "abbreviations: {eu: {short: EU, full: {en: Union}}}",
            "48:29 wrong-type: short: a text needs its language | write {en: …}",
        ),
    ],
)
def test_a_text_of_the_annexes_that_is_badly_written_is_wrong(tmp_path, name, line, said):
    assert [said] == wrong(tmp_path, small.FILES[name] + line + "\n", name)
