"""What a comparison looks like on the terminal."""

import re

from reporter.comparison import Manner
from reporter.document.document import Table
from reporter.edition.comparison_sides import context_of
from reporter.edition.job import Job
from reporter.i18n import load_locale
from reporter.produce.comparison_output import comparison_text
from reporter.sections.compared import part_changes
from reporter.sections.material import SectionMaterial


def material(dataset, *years):
    job = Job("LT", years[-1], "en", Manner.YEARS, tuple(map(str, years)))
    return SectionMaterial(context_of(dataset, job, load_locale("en")))


def shares(tables: tuple[Table, ...]) -> list[str]:
    return [column.label for table in tables for column in table.columns if column.label.startswith("Share")]


def test_the_text_has_the_shares_of_many_years_for_which_a_page_has_no_room(lithuania):
    many = material(lithuania, 2012, 2015, 2018, 2020)
    assert [] == shares(part_changes(many))
    printed = [
        line.split()
        for line in comparison_text(many.context).splitlines()
        if line.startswith("  Victims  ") and "%" in line
    ]
    assert ["60.5%", "74.1%", "85.4%", "78.8%"] == [each for line in printed for each in line if "%" in each]


def test_the_text_tells_why_no_change_is_worked_out(lithuania):
    text = comparison_text(material(lithuania, 2019, 2020).context)
    (number,) = re.findall(r"\((\d+)\) not comparable: break in the series", text)
    assert re.search(rf"Assistance projects financed +5 +1b\(\d+\) +≠\({number}\)", text)
