"""Codes of countries: what was meant by one that is none."""

import pytest

from tests import small
from tests.check.broken import checked


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("lt", "'lt' is no country code | write LT"),
        ("Germany", "'Germany' is no country code | write DE"),
        ("greece", "'greece' is no country code | write EL"),
        ("GB", "'GB' is no country code | the EU writes UK"),
        ("QQ", "'QQ' is no country code | write the ISO 3166 code; a group of countries goes under groups:"),
    ],
)
def test_what_was_meant_is_what_to_write(tmp_path, named, told):
    year = f"{small.FILES[small.YEAR]}countries: [{{kind: origin, named: [{named}]}}]\n"
    found = checked(small.write(tmp_path, {small.YEAR: year.replace("labour: 6", "labour: 7")}))
    assert [told] == [f"{each.message} | {each.hint}" for each in found if each.code == "country-names"]
