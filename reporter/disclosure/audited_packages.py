"""Read editions from packages, without the workspace that they come from."""

import re
from pathlib import Path

from reporter.disclosure.collecting import AuditedEdition
from reporter.disclosure.public import for_audience
from reporter.errors import ReporterError
from reporter.files.sources import SETTINGS, Sources
from reporter.load.dataset import load_dataset
from reporter.model import Audience, vintage
from reporter.submission import open_package
from reporter.submission.bag import DATA as PAYLOAD

SOURCE = f"{PAYLOAD}source/"
NAMED = re.compile(r"([A-Z]{2})-(\d{4})-.+")
# What no package holds, and every reading needs.
STUB = b"title: {en: Package}\nlanguages: [en]\n"


def audited_package(path: Path) -> AuditedEdition:
    """The edition in a package, by its sources. Raises ReporterError when it is no package, or holds no sources of an
    edition."""
    package = open_package(path)
    found = NAMED.fullmatch(package.root)
    if found is None:
        hint = "its folder is called after country, year and recipient: LT-2020-commission"
        raise ReporterError(f"{path} does not say of which edition it is", hint=hint)
    country, year = found[1], int(found[2])
    files = {name.removeprefix(PAYLOAD): package.read(name) for name in package.payload}
    contents = {name.removeprefix(SOURCE): package.read(name) for name in package.payload if name.startswith(SOURCE)}
    snapshot = for_audience(Sources.from_contents({SETTINGS: STUB} | contents), Audience.PUBLIC)
    try:
        known = vintage(load_dataset(snapshot, (country,)).dataset, country, year)
    except (ReporterError, LookupError):
        hint = "every package of reporter has them, in source/: ask the sender for it again"
        raise ReporterError(f"{path} holds no sources of {country} {year} that could be audited", hint=hint) from None
    return AuditedEdition(path.name, known, files, has_left=True, snapshot=snapshot)
