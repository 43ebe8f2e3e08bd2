"""The names that the files of a package have."""

import re

from reporter.model import Audience

# How the names of an edition's files begin, whoever may read them.
BEGINNING = rf"[A-Z]{{2}}-\d{{4}}(?:-{Audience.RESTRICTED})?"
# The stem ends with the language, as every file of an edition does.
OBSERVED = re.compile(r"(?:.*/)?(?P<stem>[^/]+-(?P<language>[a-z]{2,3}))-observations\.(?P<form>csv|json)")
EDITION = re.compile(rf"(?:.*/)?{BEGINNING}-(?P<language>[a-z]{{2,3}})(?:-signed)?\.(?P<form>pdf|html)")
ORIGINS = re.compile(r"(?:.*/)?[^/]+-eurostat-origins\.csv")
