"""What a finished profile says, and what it was made from."""

from functools import cache

import pypdf

from reporter.data.i18n import load_locale
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.report.document.document import Document
from tests.editions import checked
from tests.fixtures import Profile

JOB = Job("LT", 2020, "en")


def job_of(profile: Profile) -> Job:
    country, year, language = profile.pdf.stem.split("-")
    return Job(country, int(year), language)


@cache
def made_from(profile: Profile) -> Document:
    job = job_of(profile)
    return document_of(checked(job.country), job, load_locale("en"))


@cache
def words(profile: Profile) -> str:
    """The text of a PDF page by page, with the space between words made single."""
    pages = pypdf.PdfReader(profile.pdf).pages
    lines = (" ".join(page.extract_text().split()) for page in pages)
    return "".join(f"[{number}] {line}\n" for number, line in enumerate(lines, 1))
