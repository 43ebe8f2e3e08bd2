"""One cell, one value, one set of marks: every edition of four countries, read back from every output."""

from itertools import pairwise
from pathlib import Path

import pytest

from exhaustive.read_further import of_commission, of_pdf
from reporter.editions.job import Job
from reporter.editions.making.composed import documents_of
from reporter.editions.making.document_files import draw_all
from reporter.editions.making.exports import export, extract_of, make_page
from reporter.formats.html import paper_drawings, to_html
from reporter.formats.pdf import to_pdf
from tests.editions import checked
from tests.outputs import ENGLISH, THEME, differences, figures_of, read_comparison, read_outputs
from tests.read_back import Cells
from tests.snapshots import TEMPLATES

# So many outputs state a cell that is stated at all: pages, files, drawings or words.
LEAST = 3


@pytest.mark.parametrize("country", ["LT", "LV", "EE", "XX"])
def test_every_output_of_every_edition_says_the_same_of_each_cell(country):
    data = checked(country).dataset.country(country)
    assert data
    told, cells, outputs = [], 0, 0
    for year in data.years:
        found = read_outputs(country, year.year, _page(country, year.year))
        told += [f"{country} {year.year}: {each}" for each in differences(found)]
        cells += len(found)
        outputs += sum(len({each.output for each in said}) for said in found.values())
    for first, last in pairwise(each.year for each in data.years):
        told += [f"{country} {first}/{last}: {each}" for each in differences(read_comparison(country, first, last))]
    assert [] == told
    assert outputs > LEAST * cells > 0


@pytest.mark.parametrize(("country", "year"), [("LT", 2017), ("LT", 2020), ("LV", 2022), ("EE", 2022), ("XX", 2022)])
def test_the_pdf_says_the_same_of_each_cell(country, year, tmp_path):
    found = read_outputs(country, year, _pdfs(country, year, tmp_path))
    assert [] == differences(found)
    # Whatever the Word file of the profile has in its tables, the PDF has too.
    outputs = [{each.output for each in said} for said in found.values()]
    assert [] == [place for place, said in zip(found, outputs, strict=True) if _only_in_word(said)]
    assert any(f"{country}-{year}.pdf" in each for each in outputs)


def _only_in_word(outputs: set[str]) -> bool:
    return any(each.endswith(".docx") for each in outputs) and not any(each.endswith(".pdf") for each in outputs)


def _page(country: str, year: int) -> Cells:
    for name, content in export(extract_of(checked(country), Job(country, year, "en"), ENGLISH), [make_page]).items():
        if name.endswith(".md"):
            yield from of_commission(name, content.decode())


def _pdfs(country: str, year: int, cache: Path) -> Cells:
    job = Job(country, year, "en")
    for volume, document in documents_of(checked(country), job, ENGLISH).items():
        html, images = (
            to_html(document, THEME, ENGLISH.text, TEMPLATES),
            draw_all(paper_drawings(document), THEME, cache),
        )
        content = to_pdf(html, images, THEME, TEMPLATES).content
        yield from of_pdf(f"{'-'.join(filter(None, (job.stem, volume)))}.pdf", content, figures_of(job))
