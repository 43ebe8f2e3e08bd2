"""The metadata of the statistics, heading by heading."""

import json

from reporter.document.document import Entry
from reporter.export.esms import esms_json
from reporter.model import Esms


def test_a_heading_has_its_number_code_title_and_text() -> None:
    headings = [
        (Esms.METADATA_UPDATE, Entry("S.2 Metadata update", ("Of 2020.", "By the police."))),
        (Esms.COMMENT, Entry("S.19 Comment")),
    ]
    assert {
        "structure": "ESMS",
        "title": "Trafficking",
        "language": "en",
        "audience": "public",
        "headings": [
            {
                "number": 1,
                "code": "metadata_update",
                "title": "Metadata update",
                "text": ["Of 2020.", "By the police."],
            },
            {"number": 2, "code": "comment", "title": "Comment", "text": []},
        ],
    } == json.loads(esms_json("Trafficking", "en", headings))
