"""A workspace with something of everything withheld, and all that leaves it for the public."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from tests import agencies, small
from tests.export.extracts import EUROSTAT, MAPPED
from tests.read.published import sdmx_file

Called = Callable[..., tuple[int, str, str]]
# Words that stand beside withheld values alone.
NOTE = "WORDS-BESIDE-A-WITHHELD-VALUE"
PUBLISHED = (
    "crim_thb_sex.csv",
    sdmx_file(
        [
            ("A.M.Y_GE18.XX", 2020, "17", "", ""),
            ("A.T.Y_LT18.XX", 2018, "4", "", ""),
            ("A.T.TOTAL.XX", 2018, "50", "", ""),
        ],
        heads="freq,sex,age,geo",
    ).decode(),
)
LAW = "{prison_max: 12}"
# What a reviewer said of a restricted Word file.
REMARKS = """\
file: "{note}.docx"
sha256: "0000000000000000000000000000000000000000000000000000000000000000"
received: "2021-02-01"
remarks:
  "1": {{kind: comment, author: "{note}", section: general_situation, file: data/XX/text/en/2020.md, line: 1,
    sentence: "{one} children", text: "{note} {one}", figure: victims.identified.children, of: 2018}}
"""


def write(root: Path, numbers: Sequence[int], note: str = NOTE) -> Path:
    """The workspace whose withheld values are these six numbers, the first and fourth 20 at most."""
    one, two, three, four, five, six = numbers
    country = small.FILES["data/XX/country.yaml"]
    law = f"{{prison_max: {{value: {five}, confidentiality: C, note: {{en: {note}}}}}}}"
    others = agencies.sent("courts", {"persons.convicted": str(two), "victims.identified": str(one)}, remark=note)
    changed = {
        **agencies.written(others),
        "data/catalogue.yaml": MAPPED + EUROSTAT,
        # What Eurostat published tells of what is withheld here, now of one number, now of none.
        "data/XX/received/remarks/2020-en-1.yaml": REMARKS.format(note=note, one=one),
        f"data/XX/received/eurostat/{PUBLISHED[0]}": PUBLISHED[1],
        "reporter.yaml": f"# it was {one}\n" + small.FINAL["reporter.yaml"],
        "data/XX/country.yaml": country.replace(LAW, law) + agencies.AGENCIES,
        "data/XX/2018.yaml": f"""\
year: 2018  # {one} {note}
source: police
status: final
figures:
  investigations.opened: 7
  # the children were {one}
  victims.identified:
    total: 50
    by person:
      women: 30
      men: {{value: {20 - one}, confidentiality: D}}
      children: {{value: {one}, confidentiality: C, note: {{en: "{note}, {one} of them"}}}}
  persons.convicted: {two}
""",
        "data/XX/2019.yaml": f"""\
year: 2019
source: police
status: final
figures:
  investigations.opened: 9
  victims.identified: 60
  persons.convicted: {{total: {three}, confidentiality: N, source: office, note: {{en: {note}}}}}
activities:
  fair:
    kind: campaign
    title: {{en: Posters at a fair}}
    period: 2019
    figures:
      posters:
        value: at least {six}
        confidentiality: A
        note: {{en: {note}}}
revisions:
  - figure: persons.convicted
    year: 2018
    was: {two}
    now: suppressed
    reason: {{en: "{note}: {two} could be recognised."}}
""",
        small.YEAR: f"""\
year: 2020
source: police
status: final
figures:
  investigations.opened: {{total: 11, by form: {{sexual: 4, labour: 7}}}}
  victims.identified:
    total: 80
    by person: {{women: {60 + four}, men: {20 - four}}}
  persons.convicted: {{total: suppressed, note: {{en: {note}}}}}
revisions:
  - figure: persons.convicted
    year: 2019
    was: {three}
    now: 12
    reason: {{en: Counted again.}}
earlier:
  2018: {{persons.convicted: {two}, victims.identified.children: {one}}}
accepted:
  - rule: jump
    figure: victims.identified
    values: {{2018: {{victims.identified: 50, victims.identified.men: {20 - one}}}, 2020: {{victims.identified: 80}}}}
    reason: {{en: "{note}: {one} were children."}}
differences:
  - publication: office
    figure: persons.convicted
    year: 2018
    published: {two + 1}
    reason: {{en: "{note}, not {two}."}}
""",
        "data/XX/protection/2020.yaml": f"""\
# {note}
withheld:
  2020:
    victims.identified.men: {{because: small, reason: {{en: "{note} {20 - four}"}}}}
    victims.identified.women: {{because: protects, protects: [victims.identified.men]}}
""",
        small.TEXT: f"""\
# general_situation

In {{{{ year }}}}, {{{{ investigations.opened }}}} investigations were opened.

::: restricted
In 2018, {{{{ victims.identified.children | at(2018) }}}} of the victims were children. {note}
:::
::: public
Some of the victims of 2018 were children.
:::

<!-- {note}: {one} -->
""",
    }
    return small.write(root, small.FINAL | changed)


COMMANDS: tuple[tuple[object, ...], ...] = (
    ("build", "XX", 2020, "--format", "html,xlsx,docx"),
    ("export", "XX", 2020, "--format", "csv,xlsx,json,md,page"),
    ("compare", "XX", 2018, 2020, "--format", "html"),
    ("compare", "XX", 2019, "--editions", "2019,2020", "--format", "html"),
    ("check", "XX", "--public", "-v"),
    ("check", "XX", "--public", "--format", "json"),
    ("explain", "XX", 2020, "victims.identified"),
    ("explain", "XX", 2020, "victims.identified.men", "--public"),
    ("export", "XX", 2020, "--format", "sdmx-csv"),
    ("reconcile", "eurostat", "XX", 2020, "--format", "json"),
    ("agencies", "ask", "XX", 2020, "--quiet"),
)
# A mail says when it was written.
DATE = re.compile(rb"^Date: .*$", re.M)


def leaving(called: Called, commands: Sequence[tuple[object, ...]] = COMMANDS) -> dict[str, bytes]:
    """All that leaves the workspace of the current folder for the public, by its name: files, and what commands say."""
    said = {}
    for words in commands:
        said[" ".join(map(str, words))] = repr(called(*words)).encode()
    root = Path.cwd()
    files = (path for path in (root / "build").rglob("*") if path.is_file() and ".cache" not in path.parts)
    return said | {path.relative_to(root).as_posix(): DATE.sub(b"", path.read_bytes()) for path in files}
