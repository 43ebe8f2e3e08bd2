"""The countries of one list: what each says on screens."""

from reporter.document.plot import Land, NamedLands
from tests.draw.plots import THEME, on_phone


def test_a_country_says_its_name_where_it_lies() -> None:
    sheet = on_phone(NamedLands((Land("DE", "DE", 0, "Germany"), Land("MT", "MT", 0)), "LT"))
    assert {"Germany", "MT"} == set(sheet.told)
    named = [point for outline in sheet.filled(THEME.colours["now"]) for point in outline]
    (left, top), (right, bottom) = sheet.told["Germany"]
    assert [point for point in named if left <= point[0] <= right and top <= point[1] <= bottom]
