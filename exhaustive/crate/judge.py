"""What roc-validator finds in an RO-Crate; run by the Python of its own environment (`scripts/crate`). The context of
RO-Crate 1.1 comes with the package rocrate; it is laid into the cache that the validator asks, and nothing else is
asked. Prints the issues as JSON."""

import json
import sys
import tempfile
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import requests
from requests_cache import CachedSession
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from urllib3 import HTTPResponse

CONTEXT = "https://w3id.org/ro/crate/1.1/context"


def lay_context(cache: Path) -> None:
    """Lay the context into a cache, as if it had been fetched before."""
    content = files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()
    told = json.loads(content)
    assert (CONTEXT, "1.1.0") == (told["@id"], told["version"])
    response = requests.Response()
    response.status_code, response.url = 200, CONTEXT
    response.headers["Content-Type"] = "application/ld+json"
    response._content = content
    response.raw = HTTPResponse(BytesIO(content), headers=dict(response.headers), status=200, preload_content=False)
    response.request = requests.Request("GET", CONTEXT).prepare()
    with CachedSession(str(cache), backend="sqlite", expire_after=-1) as session:
        session.cache.save_response(response)


def issues(folder: Path) -> list[dict[str, str]]:
    """The issues of an RO-Crate by the rules REQUIRED and RECOMMENDED."""
    with tempfile.TemporaryDirectory() as made:
        cache = Path(made) / "cache"
        lay_context(cache)
        settings = ValidationSettings(
            rocrate_uri=str(folder),
            profile_identifier="ro-crate-1.1",
            requirement_severity=Severity.RECOMMENDED,
            offline=True,
            cache_path=str(cache),
        )
        result = services.validate(settings)
        found = [
            {"rule": each.check.identifier, "entity": str(each.violatingEntity or ""), "message": each.message or ""}
            for each in result.get_issues()
        ]
    return sorted(found, key=lambda each: (each["rule"], each["entity"], each["message"]))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(issues(Path(sys.argv[1])), ensure_ascii=False, indent=1))
