"""The annexes that statisticians look for: signs, methodology, quality, coverage, mapping; and the colophon."""

from decimal import Decimal

from reporter.document.document import Entry
from reporter.document.texts import texts
from reporter.model import Esms, Label
from reporter.sections.methodology import HEADINGS
from tests import small
from tests.editions import document
from tests.sections.annexes import lines, of
from tests.sections.composed import every_edition


@every_edition
def test_the_headings_stand_in_order_and_those_of_which_nothing_is_stated_are_named_once(country, year):
    found = of(document(country, year), "methodology")
    titles = [entry.title for entry in found if "  " in entry.title]
    (rest,) = [entry for entry in found if "  " not in entry.title] or [Entry("", ("",))]
    empty = rest.lines[0].split("; ")
    filled = [f"{n}  {HEADINGS[each]}" for n, each in enumerate(Esms, 1) if HEADINGS[each] not in empty]
    assert filled == titles
    assert [] == [entry.title for entry in found if not all(entry.lines) or "not stated" in entry.lines]


def test_the_directive_is_no_mandate_of_an_edition_before_it():
    assert "Directive 2011/36/EU, Articles 19 and 20" in lines(document("LT", 2020), Esms.MANDATE)
    assert not any("2011/36" in line for line in lines(document("LT", 2009), Esms.MANDATE))


def test_the_words_of_an_observation_are_not_on_the_page():
    hidden = small.value(2020, Decimal(3), notes=(Label((("en", "unseen"),)),))
    assert ["seen"] == [text for text in texts(("seen", hidden)) if text]
