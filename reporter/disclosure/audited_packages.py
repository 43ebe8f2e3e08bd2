"""Read editions from packages, without the workspace that they come from."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reporter.disclosure.collecting import AddressedNumber, AuditedEdition, collect
from reporter.disclosure.public import for_audience
from reporter.errors import Mark, ReporterError
from reporter.files.sources import DATA, SETTINGS, Sources
from reporter.files.workspace import example_folder
from reporter.load.dataset import load_dataset
from reporter.model import Audience, Confidentiality, Dataset, Observation, Qualifier, Status, Vintage, vintage
from reporter.submission import Package, open_package
from reporter.submission.bag import DATA as PAYLOAD

SOURCE = f"{PAYLOAD}source/"
NAMED = re.compile(r"([A-Z]{2})-(\d{4})-.+")
CATALOGUE = f"{DATA}/catalogue.yaml"
# What no package holds, and every reading needs.
STUB = b"title: {en: Package}\nlanguages: [en]\n"
COUNTRY = 'code: %s\nrapporteur: {en: "?"}\npublisher: {en: "?"}\nsource: package\n'
YEAR = "year: %d\nsource: package\nfigures: {}\n"


def audited_package(path: Path) -> AuditedEdition:
    """The edition in a package. It is read by its sources, or by its figures where it has none. Raises ReporterError
    when it is no package, or holds neither."""
    package = open_package(path)
    found = NAMED.fullmatch(package.root)
    if found is None:
        hint = "its folder is called after country, year and recipient: LT-2020-commission"
        raise ReporterError(f"{path} does not say of which edition it is", hint=hint)
    country, year = found[1], int(found[2])
    files = {name.removeprefix(PAYLOAD): package.read(name) for name in package.payload}
    snapshot = _snapshot(package, country, year)
    known = _vintage(load_dataset(snapshot, (country,)).dataset, country, year) if snapshot else None
    known = known or _of_figures(files, country, year)
    if known is None:
        raise ReporterError(f"{path} holds no figures that could be audited", hint="audit one that has them too")
    return AuditedEdition(path.name, known, files, has_left=True, snapshot=snapshot)


def _snapshot(package: Package, country: str, year: int) -> Sources | None:
    contents = {name.removeprefix(SOURCE): package.read(name) for name in package.payload if name.startswith(SOURCE)}
    if not {CATALOGUE, f"{DATA}/{country}/{year}.yaml"} <= contents.keys():
        return None
    return for_audience(Sources.from_contents({SETTINGS: STUB} | contents), Audience.PUBLIC)


def _of_figures(files: Mapping[str, bytes], country: str, year: int) -> Vintage | None:
    numbers = [each.number for each in collect(files).numbers if len(each.number.figures) == 1]
    if not numbers:
        return None
    contents = {
        SETTINGS: STUB,
        CATALOGUE: (example_folder() / CATALOGUE).read_bytes(),
        f"{DATA}/{country}/country.yaml": (COUNTRY % country).encode(),
        f"{DATA}/{country}/{year}.yaml": (YEAR % year).encode(),
    }
    known = _vintage(load_dataset(Sources.from_contents(contents), (country,)).dataset, country, year)
    if known is None:
        return None
    index: dict[tuple[str, int], Observation] = {}
    # A file may say more of a figure than another: a number more than that it is withheld.
    for each in sorted(numbers, key=lambda each: (each.value is None, not each.status)):
        seen = _observation(each, known)
        if seen:
            index.setdefault((seen.address, seen.year or year), seen)
    return replace(known, index=index)


def _vintage(dataset: Dataset, country: str, year: int) -> Vintage | None:
    try:
        return vintage(dataset, country, year)
    except LookupError:
        return None


def _observation(each: AddressedNumber, known: Vintage) -> Observation | None:
    address = each.figures[0]
    for indicator in known.catalogue.indicators:
        code = address.removeprefix(f"{indicator.code}.") if address != indicator.code else ""
        axes = (known.catalogue.dimension(name) for name in indicator.dimensions)
        axis = next((axis for axis in axes if axis and axis.get(code)), None)
        if address == indicator.code or axis:
            return Observation(
                country=known.country.code,
                year=each.year,
                indicator=indicator.code,
                value=each.value,
                mark=Mark(each.place),
                vintage=known.year,
                source="package",
                dimension=axis.code if axis else "",
                code=code,
                status=_status(each),
                qualifier=Qualifier(each.qualifier) if each.qualifier and each.value is not None else Qualifier.EXACT,
                confidentiality=Confidentiality.FREE,
            )
    return None


def _status(each: AddressedNumber) -> Status:
    if each.value is not None:
        return Status.GIVEN
    known = {status.value for status in Status}
    return Status(each.status) if each.status in known and each.status != Status.GIVEN.value else Status.MISSING
