"""Which files an edition is made from: decided only here."""

import re
from collections.abc import Mapping

from reporter.data.files.checksum import checksum
from reporter.data.files.published import FOLDER, is_record, record_files, release_files
from reporter.data.files.received import RECEIVED
from reporter.data.files.sources import DATA, SETTINGS, TEMPLATES, THEMES, TRANSLATIONS, Sources, lines_of_keys
from reporter.editions.job import Job
from reporter.editions.public.public_files import for_audience

# What every document is made from, and what a workspace may have in the place of what the program brings.
COMMON = (SETTINGS, f"{DATA}/catalogue.yaml")
OWN = (f"{TEMPLATES}/", f"{THEMES}/", f"{TRANSLATIONS}/")
# Of a country's folder: its own file and the files and texts of years, also where they are misnamed, which is said.
OF_COUNTRY = re.compile(
    rf"{DATA}/(?P<country>[^/]+)(?:/(?!(?:{FOLDER}|{RECEIVED})/)(?:.*/)?(?P<stem>[^/]+)\.(?:y[^./]*ml|md))?", re.I
)
FOLDERS = re.compile(rf"{DATA}(?:/[^./]+)*")
# How it is sent, to whom, by when, what may go to the public and by which rules not, and how many approve it: when that
# changes, no page does.
OUTSIDE = (b"mail:", b"recipients:", b"deadlines:", b"publish_small_counts:", b"disclosure:", b"approvals:")


def inputs_of(sources: Sources, job: Job) -> Sources:
    """The files that a document is made from. A profile is made from none of a later year."""
    return sources.only(lambda path: path in COMMON or path.startswith(OWN) or _is_of(sources, path, job))


def _is_of(sources: Sources, path: str, job: Job) -> bool:
    found = OF_COUNTRY.fullmatch(path)
    if found is None:
        # A folder that cannot be read stands for all that lies in it.
        return bool(FOLDERS.fullmatch(path) and sources[path].finding)
    if found["country"] not in job.countries:
        return False
    stem = found["stem"] or ""
    return job.manner is not None or not stem.isdecimal() or int(stem) <= job.year


def is_shared(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return path in COMMON or path.startswith(OWN) or (name == "country.yaml" and folder.count("/") == 1)


def edition_files(sources: Sources, job: Job) -> Sources:
    """The inputs of an edition, and all that was published of it. That includes the copies that were kept of the inputs
    then. Of a comparison it is what was published of each side. Of other years whose files are among the inputs the
    records of what was published lie with them, without copies."""
    inputs = inputs_of(sources, job)
    published = {path for country, year in job.editions for path in release_files(sources, country, year)}
    last = None if job.manner else job.year
    records = {path for country in job.countries for path in record_files(sources, country, last)}
    return sources.only(lambda path: path in inputs or path in published or path in records)


def digests(inputs: Sources) -> Mapping[str, str]:
    """The checksum of each file by its path. Of the settings only the lines count on which pages depend."""
    found = {path: each.sha256 for path, each in inputs.items()}
    if SETTINGS in inputs and not inputs[SETTINGS].finding:
        found[SETTINGS] = checksum(page_settings(inputs[SETTINGS].content))
    return found


def page_settings(content: bytes) -> bytes:
    """The lines of `reporter.yaml` on which pages depend. To whom an edition is sent is not among them."""
    return lines_of_keys(content, lambda line: not line.startswith(OUTSIDE))


def shown_inputs(sources: Sources, job: Job) -> Sources:
    return for_audience(inputs_of(sources, job), job.audience)


def digest_of(files: Sources, job: Job, program: str) -> str:
    """A digest of everything a document depends on. `program` is what `program_digest` says. `files` are those that
    `edition_files` gives: whatever is published of the edition has a part in it."""
    inputs, own = shown_inputs(files, job), inputs_of(files, job)
    records = (f"{path} {each.sha256}\n" for path, each in files.items() if path not in own and is_record(path))
    listed = "".join((*(f"{path} {sha256}\n" for path, sha256 in digests(inputs).items()), *records))
    return checksum(f"{program} {job}\n{listed}")
