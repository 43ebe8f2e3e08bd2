"""A catalogue that names what it lacks is wrong."""

from tests import small
from tests.small import findings


def test_a_catalogue_that_names_what_it_lacks_is_wrong(tmp_path):
    content = small.FILES["data/catalogue.yaml"]
    content = content.replace("within: adults", "within: adultz", 1).replace("[form]", "[forms]")
    assert [
        ("women names an unknown code 'adultz'", "did you mean 'adults'?"),
        ("unknown dimension 'forms'", "did you mean 'form'?"),
    ] == [
        (each.message, each.hint)
        for each in findings(tmp_path, {"data/catalogue.yaml": content})
        if each.mark.path == "data/catalogue.yaml"
    ]


def test_a_mapping_that_nothing_reads_is_an_unknown_key(tmp_path):
    content = small.FILES["data/catalogue.yaml"].replace(
        "Labour exploitation}}", "Labour exploitation}, mappings: {htcds: X}}", 1
    )
    own = small.FILES["data/XX/country.yaml"] + "mappings: {glotips: X}\n"
    assert [
        ("data/XX/country.yaml", "unknown key 'glotips'"),
        ("data/catalogue.yaml", "unknown key 'htcds'"),
    ] == sorted(
        (each.mark.path, each.message)
        for each in findings(tmp_path, {"data/catalogue.yaml": content, "data/XX/country.yaml": own})
    )
