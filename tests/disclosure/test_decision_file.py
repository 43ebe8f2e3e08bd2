"""The file of decisions keeps what a person wrote, and gets what is decided."""

from dataclasses import replace
from decimal import Decimal

from reporter.disclosure.decision_file import HEAD, DecisionFile
from reporter.disclosure.protecting import WithheldCell
from reporter.errors import Mark
from reporter.model import Because, Decision, Observation

FILE = "data/XX/protection/2021.yaml"
ORDER = ("victims.identified", "victims.identified.women", "victims.identified.men", "victims.identified.children")
CHILDREN, MEN = "victims.identified.children", "victims.identified.men"


def cell(code: str, year: int, because: Because, *protects: str) -> WithheldCell:
    seen = Observation("XX", year, "victims.identified", Decimal(3), Mark("x"), year, "", "person", code)
    return WithheldCell(seen, because, protects, 10)


def decision(figure: str, year: int) -> Decision:
    return Decision(figure=figure, year=year, because=Because.SMALL, mark=Mark(FILE))


def test_a_file_that_is_not_there_is_made_with_its_schema() -> None:
    made = DecisionFile(FILE, "").withholding(
        [cell("men", 2021, Because.PROTECTS, CHILDREN), cell("children", 2020, Because.SMALL)], ORDER
    )
    expected = f"""{HEAD}withheld:
  2020:
    {CHILDREN}: {{because: small}}
  2021:
    {MEN}:
      because: protects
      protects: [{CHILDREN}]
"""
    assert expected == made.text


def test_what_a_person_wrote_stays_byte_for_byte() -> None:
    before = f"""# Ours.
withheld:
  2020:   # agreed with the police
    {CHILDREN}: {{because: small, reason: {{en: "Asked for."}}}}
"""
    made = DecisionFile(FILE, before).withholding([cell("men", 2020, Because.PROTECTS, CHILDREN)], ORDER)
    new = f"    {MEN}:\n      because: protects\n      protects: [{CHILDREN}]\n"
    assert before.replace(f"    {CHILDREN}", f"{new}    {CHILDREN}") == made.text


def test_what_is_taken_out_leaves_no_empty_year() -> None:
    both = DecisionFile(FILE, "").withholding(
        [cell("children", 2020, Because.SMALL), cell("children", 2021, Because.SMALL)], ORDER
    )
    assert "2020:" not in both.without([decision(CHILDREN, 2020)]).text
    empty = both.without([decision(CHILDREN, 2020), decision(CHILDREN, 2021)])
    assert HEAD == empty.text
    assert f"{HEAD}withheld: {{}}\n" == empty.complete().text
    # Taken out and put in again, all is as it was.
    assert both.text == empty.withholding([cell("children", y, Because.SMALL) for y in (2020, 2021)], ORDER).text


def test_what_stands_nowhere_need_not_be_taken_out() -> None:
    file = DecisionFile(FILE, f"withheld:\n  2020:\n    {CHILDREN}: {{because: small}}\n")
    assert file == file.without([replace(decision(MEN, 2020)), decision(CHILDREN, 2019)])


def test_rounded_values_stand_beside_those_withheld() -> None:
    file = DecisionFile(FILE, "").withholding([cell("children", 2020, Because.SMALL)], ORDER)
    made = file.rounding({("victims.identified", 2021): 25, ("victims.identified.women", 2021): 15}, ORDER)
    assert f"{file.text}rounded:\n  2021: {{victims.identified: 25, victims.identified.women: 15}}\n" == made.text
    assert "{victims.identified: 30, " in made.rounding({("victims.identified", 2021): 30}, ORDER).text
