"""Places of the public snapshot are those of the files that somebody wrote."""

from reporter.disclosure.public import for_audience
from reporter.disclosure.written_places import written_place
from reporter.errors import Mark
from reporter.model import Audience
from tests.disclosure.test_public import workspace

PATH = "data/XX/2020.yaml"
TEXT = """\
# about the file
year: 2020
figures:
  a.b:
    total: 9
    by c:
      d:
        value: 4
        confidentiality: C
        note: {en: n}
      e: 5

  # about the next
  f.g: 7
"""


def test_a_line_is_found_where_it_was_written() -> None:
    sources = workspace({2020: TEXT})
    public = for_audience(sources, Audience.PUBLIC)
    lines = public[PATH].content.decode().split("\n")
    places = {line.strip(): written_place(sources, public, Mark(PATH, at + 1, 3)) for at, line in enumerate(lines)}
    wanted = {"year: 2020": 2, "total: 9": 5, "d: suppressed": 7, "e: 5": 11, "f.g: 7": 14}
    assert wanted == {line: places[line].line for line in wanted}
    assert Mark("reporter.yaml", 2) == written_place(sources, public, Mark("reporter.yaml", 2))
