"""The exports: the same values in every format, nothing confidential, nothing guessed, whole or not at all."""

import io
import json
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.records import Audience, is_given, is_hidden, vintage
from reporter.data.records.label import FORMULA
from reporter.editions.making.exports import MAKERS, export
from reporter.formats.export.observations import HEADS
from reporter.formats.export.tidy import AUDIENCE
from tests import small
from tests.export.extracts import EUROSTAT, EVERY, MAPPED, NAMES, extract, flow, read
from tests.fixtures import RURITANIA
from tests.snapshots import dataset_of


def values_of(files: dict[str, bytes], name: str) -> dict[str, dict[tuple[str, str, str], Decimal | None]]:
    rows = {
        "csv": read(files[f"{name}-observations.csv"]),
        "json": json.loads(files[f"{name}-observations.json"])["observations"],
        "xlsx": sheet_rows(files[f"{name}.xlsx"]),
    }
    return {
        form: {(each["indicator"], each["code"], str(each["year"] or "")): exact(each["value"]) for each in lines}
        for form, lines in rows.items()
    }


def exact(value: object) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def sheet_rows(content: bytes) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert [*HEADS, "by_form", "by_person", AUDIENCE] == heads
    return [dict(zip(heads, ("" if each is None else each for each in row), strict=True)) for row in rows]


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return tmp_path_factory.mktemp("small")


amounts = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(1, 500).map("at least {}".format),
    st.integers(1, 500).map("about {}".format),
    st.sampled_from(["missing", "not applicable", "suppressed", "not collected"]),
)


# What begins as a formula does is refused.
notes = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30).filter(
    lambda text: not FORMULA.match(text)
)


@pytest.mark.parametrize("load", [small.load, small.load_public])
@settings(max_examples=12)
@given(
    st.dictionaries(st.sampled_from(("total", *NAMES)), amounts),
    st.sampled_from("FCNAD"),
    st.sets(st.sampled_from("bdefimnpu")),
    notes,
)
def test_the_values_are_equal_in_every_format(load, shared, values, confidentiality, flags, note):
    parts = "".join(f"      {name}: {value}\n" for name, value in values.items() if name != "total")
    figure = (
        f"  victims.identified:\n    total: {values.get('total', 'missing')}\n    confidentiality: {confidentiality}\n"
        f"    flags: [{', '.join(sorted(flags))}]\n"
        + (f"    note: {{en: {json.dumps(note, ensure_ascii=False)}}}\n" if note.strip() else "")
        + (f"    by person:\n{parts}" if parts else "")
    )
    changed = {"data/catalogue.yaml": MAPPED + EUROSTAT, small.YEAR: f"{small.HEAD}figures:\n{figure}"}
    dataset = load(shared, changed)
    files = export(extract(dataset, "XX", 2020), EVERY)
    known = vintage(dataset, "XX", 2020)
    expected = {
        (seen.figure, seen.code, str(seen.year or "")): seen.value if is_given(seen) else None
        for seen in known.index.values()
    }
    found = values_of(files, "XX-2020-en")
    assert {"csv": expected, "json": expected, "xlsx": expected} == found
    sent = {
        (each["sex"], each["age"]): each
        for each in flow(files, "crim_thb_sex", "XX-2020")
        if each["TIME_PERIOD"] == "2020"
    }
    for code, name in (("", ("T", "TOTAL")), ("women", ("F", "Y_GE18")), ("boys", ("M", "Y_LT18"))):
        seen = known.observation(f"victims.identified.{code}".rstrip("."))
        if is_given(seen) and seen.qualifier.value != "at least":
            assert (seen.value, True) == (Decimal(sent[name]["OBS_VALUE"]), flags <= set(sent[name]["OBS_FLAG"]))
            # Only who may see a value that is withheld has it, with its code.
            assert seen.confidentiality == (sent[name]["CONF_STATUS"] or "F")
        elif is_hidden(seen) and not code:
            told = "C" if load is small.load_public or confidentiality == "F" else confidentiality
            assert ("", told) == (sent[name]["OBS_VALUE"], sent[name]["CONF_STATUS"])


def test_every_restricted_file_says_so_for_people_and_machines():
    made = export(
        extract(dataset_of(RURITANIA, ["XX"]), "XX", 2022, audience=Audience.RESTRICTED),
        [make for name, make in MAKERS.items() if name not in ("sdmx-csv", "xlsx")],
    )
    words = "Restricted edition, not for publication"
    for name, content in made.items():
        text = content.decode()
        assert name.startswith("XX-2022-restricted-")
        if name.endswith(".csv"):
            assert {"restricted"} == {each["audience"] for each in read(content)}
        elif name.endswith("observations.json"):
            assert ("restricted", True) == (json.loads(text)["audience"], words in json.loads(text)["title"])
        elif name.endswith(".json"):
            assert (True, True) == (words in json.loads(text)["dc:title"], "dc:accessRights" in json.loads(text))
        else:
            assert (True, True) == (words in text[:200], "must not be passed on" in text[:500])
    assert {".csv", ".json", ".md", ".html"} == {name[name.rindex(".") :] for name in made}
