"""The names that the files of a package have."""

import re

from reporter.document.outline import Volume
from reporter.files.sources import ENDINGS, TYPEFACES
from reporter.model import Audience

# How the names of an edition's files begin, whoever may read them.
BEGINNING = rf"[A-Z]{{2}}-\d{{4}}(?:-{Audience.RESTRICTED})?"
# The stem ends with the language, as every file of an edition does.
OBSERVED = re.compile(r"(?:.*/)?(?P<stem>[^/]+-(?P<language>[a-z]{2,3}))-observations\.(?P<form>csv|json)")
BOOK = re.compile(r"(?:.*/)?[^/]+-(?P<language>[a-z]{2,3})\.xlsx")
EDITION = re.compile(rf"(?:.*/)?{BEGINNING}-(?P<language>[a-z]{{2,3}})(?:-signed)?\.(?P<form>pdf|html)")
METHODS = re.compile(
    rf"(?:.*/)?{BEGINNING}-{Volume.METHODS}-(?P<language>[a-z]{{2,3}})(?:-signed)?\.(?P<form>pdf|html)"
)
ORIGINS = re.compile(r"(?:.*/)?[^/]+-eurostat-origins\.csv")
PASTED = re.compile(rf"(?:.*/)?{BEGINNING}-[a-z]{{2,3}}-page\.(html|md)")
SOURCE = re.compile(r"data/source/data/(?P<country>[A-Z]{2})/(?P<year>\d{4})\.yaml")
SOURCES = "|".join(map(re.escape, (*ENDINGS, *TYPEFACES)))
# What a package has besides: no figures, or those that its readers know by another way.
OTHERS = re.compile(
    rf"data/(start\.html|ro-crate-metadata\.json|[A-Z]{{2}}-\d{{4}}-[^/]+-letter\.pdf|source/.+({SOURCES})"
    r"|metadata/[^/]+-esms\.json"
    r"|figures/([^/]+-(observations|coverage)\.csv-metadata\.json|[^/]+-coverage\.csv|export\.schema\.json)"
    r"|figures/[A-Z0-9]+_[A-Z0-9_]+\.CSV|validation/[^/]+-(checks\.json|ess\.json|pdf\.json|pdf\.txt))"
)


def is_known(name: str) -> bool:
    """Return whether a file of a package can have this name."""
    return any(each.fullmatch(name) for each in (OBSERVED, BOOK, EDITION, METHODS, ORIGINS, PASTED, OTHERS))


def is_pasted(name: str) -> bool:
    """Return whether a file is a text to be pasted elsewhere."""
    return bool(PASTED.fullmatch(name))
