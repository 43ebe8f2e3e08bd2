"""The table of a page is read as a reader sees it, decoys aside."""

from collections.abc import Mapping

import pytest

from reporter.roundtrip.read_html import read_page
from tests.roundtrip.forging import PAGE, forged, replaced

MARKUP = """<!DOCTYPE html>
<html lang="en"><head><title>XX 2022</title><style>td { color: red }</style></head>
<body><p class="lead">Few &amp; rare.</p>
<div class="table" id="table-time_table"><table><caption>All figures</caption>
<thead><tr><th scope="col">Number of</th><th scope="col">2021</th></tr></thead>
<tbody><tr><th scope="row">Victims</th><td>26<sup>d</sup></td></tr></tbody></table></div>
<p>End.</p></body></html>
"""


@pytest.mark.parametrize("size", [*range(1, 20), 64, 1000])
def test_a_table_is_read_wherever_the_pieces_of_its_page_end(size):
    page = MARKUP.encode()
    pieces = [page[place : place + size] for place in range(0, len(page), size)]
    assert [["Number of", "2021"], ["Victims", "26"]] == read_page(pieces)


def test_a_true_table_in_a_comment_does_not_stand_for_a_false_one(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        page = files[PAGE].decode()
        begin = page.rindex("<div", 0, page.index('id="table-time_table"'))
        end = page.index("</table>", begin) + len("</table>")
        false = page[begin:end].replace(
            '<td class="current" data-figure="investigations.opened@2020">11</td>',
            '<td class="current" data-figure="investigations.opened@2020">99</td>',
        )
        return files | {PAGE: (page[:begin] + f"<!--{page[begin:end]}-->" + false + page[end:]).encode()}

    (found,) = forged(packaged, tmp_path / "a.zip", change)
    assert found.startswith(f"data/{PAGE}: has '<!--<div class=")


@pytest.mark.parametrize(
    ("around", "said"),
    [
        ("<template>{}</template>", "has '<template>"),
        ("<textarea>{}</textarea>", "has '<textarea>"),
        ("<p hidden>{}</p>", "has '<p hidden>"),
        ("<style>{}</style>", "has '<style>"),
        ("<p title='{}'></p>", "which no page of a report has"),
        ('<p a=x"y title=">{}"></p>', "has '<p a="),
        ("<script>{}</script>", "has '<script>"),
        ("{0}{0}", "has several tables of all figures"),
    ],
)
def test_a_true_table_out_of_view_does_not_stand_for_a_false_one(packaged, tmp_path, around, said):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        page = files[PAGE].decode()
        begin = page.rindex("<div", 0, page.index('id="table-time_table"'))
        end = page.index("</table>", begin) + len("</table>")
        return files | {PAGE: (page[:begin] + around.format(page[begin:end]) + page[end:]).encode()}

    (found,) = forged(packaged, tmp_path / "a.zip", change)
    assert said in found


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('1<sup style="font-size:1em">1</sup>', "has a <sup>"),
        ('<sup class="hanging">9</sup>11', "prints '9'"),
        ("11(9)", "prints '11(9)'"),
        ("<s>9</s>11", "has a <s>"),
        ("<!-- -->11", "has a comment"),
    ],
)
def test_nothing_but_marks_is_raised_in_the_table(packaged, tmp_path, cell, said):
    found = forged(
        packaged,
        tmp_path / "a.zip",
        replaced(PAGE, '"investigations.opened@2020">11</td>', f'"investigations.opened@2020">{cell}</td>'),
    )
    assert said in found[0]
