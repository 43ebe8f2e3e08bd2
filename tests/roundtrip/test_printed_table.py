"""What the table of all figures may say, and what it must hold."""

from collections.abc import Mapping

import pytest

from reporter.roundtrip.printed_table import expected_table, table_differences
from reporter.roundtrip.stated import figures_of, read_lines
from tests.roundtrip.forging import PAGE, forged


def heads(page: str, old: str, new: str) -> str:
    begin = page.index('id="table-time_table"')
    place = page.index(old, begin)
    return page[:place] + new + page[place + len(old) :]


def test_a_table_without_years_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        page = heads(files[PAGE].decode(), ">2018<", ">2018*<")
        return files | {
            PAGE: heads(
                page,
                '<td class="current" data-figure="investigations.opened@2020">11</td>',
                '<td class="current" data-figure="investigations.opened@2020">99</td>',
            ).encode()
        }

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{PAGE}: has no years above the table of all figures"] == found


def test_a_table_without_the_column_of_a_year_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        page = files[PAGE].decode()
        begin = page.index('id="table-time_table"')
        end = page.index("</table>", begin)
        rows = [row.rpartition("<t")[0] + row[row.rindex("</t") :][5:] for row in page[begin:end].split("</tr>")[:-1]]
        return files | {PAGE: (page[:begin] + "</tr>".join([*rows, ""]) + page[end:]).encode()}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{PAGE}: the table of all figures has no column for 2020"] == found


LINES = ["indicator,dimension,code,year,value\r\n", "a,,,2019,1\r\n", "a,,,2020,2\r\n"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["", "2019", "2020"], ["A", "1", "2"]], []),
        ([["", "2019", "2020"], ["A", "1", "2b(1)"]], []),
        ([["", "2018", "2019", "2020"], ["A", ":", "1", "2"]], []),
        ([["", "2019", "2020"], ["A", "1", "2b9"]], ["a 2020 is printed as '2b9', and 2 in the CSV"]),
        ([["", "2019", "2020"], ["A", "1", "2²"]], ["a 2020 is printed as '2²', and 2 in the CSV"]),
        ([["", "2019"], ["A", "1"]], ["the table of all figures has no column for 2020"]),
        ([["", "2019", "2020"], ["A", "1", "2"], ["B", "", ""]],
         ["the table of all figures has 2 lines, and the CSV gives 1"]),
        ([["", "2019", "2020"], ["A", "9", "1", "2"]],
         ["line 1 of the table of all figures has not as many cells as its head",
          "a 2019 is printed as '9', and 1 in the CSV", "a 2020 is printed as '1', and 2 in the CSV"]),
    ],
)  # fmt: skip
def test_what_a_printed_table_may_say(rows, said):
    assert said == list(table_differences(expected_table(figures_of(read_lines(LINES))), rows))
