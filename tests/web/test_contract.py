"""The answers of the site are what /openapi.json says of them, whatever is asked: held by Schemathesis.

CASES=80 asks so many of each address instead of a few.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import schemathesis

# It loads this late by itself, when threads are at work, and Python 3.11 may then fail to compile it.
import schemathesis.specs.openapi.schemas
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from starlette.testclient import TestClient

from app.settings import Settings
from app.web import create_app
from app.web.operations import described as routes_described

CASES = int(os.environ.get("CASES", "4"))
ADDRESSES = sorted(route.path for route in routes_described() if isinstance(route, APIRoute))


@pytest.fixture(scope="module")
def described(filled_archive: Path) -> Any:
    """The description of the site over the invented collection, and the site."""
    app = create_app(Settings(archive=filled_archive, url="http://localhost"))
    # What has ended or is withheld is no mistake of whoever asks.
    known = {"expected-statuses": ["2xx", "3xx", "404", "410"]}
    # Whatever is typed gives a page, also what is asked twice and can be asked once.
    read = {"expected-statuses": ["2xx", "3xx", "4xx"]}
    config = SchemathesisConfig.from_dict(
        {"checks": {"positive_data_acceptance": known, "negative_data_rejection": read}}
    )
    return schemathesis.openapi.from_asgi("/openapi.json", app, config=config)


@pytest.fixture(scope="module")
def known(filled_client: TestClient) -> dict[str, list[str]]:
    """What the parts of addresses may be: a few that are held, as no chance would find them."""
    slugs = [each["slug"] for each in filled_client.get("/interviews.json").json()["interviews"][:20]]
    turns = [turn["id"] for slug in slugs[:8] for turn in filled_client.get(f"/interviews/{slug}.json").json()["turns"]]
    ended = [id for each in filled_client.get("/corrections.json").json()["changes"] for id in _ids(each)]
    people = {
        kind: [each["url"].rpartition("/")[2] for each in filled_client.get(f"/{kind}.json").json()[kind]]
        for kind in ("speakers", "outlets")
    }
    return {"id": [*turns, *ended], "interviews": slugs, **people, "year": ["2018", "2012"], "month": ["03", "10"]}


def _ids(change: dict[str, Any]) -> list[str]:
    return [each["id"] for each in change["change"].get("ended", ())]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_what_is_described(
    address: str, mode: GenerationMode, described: Any, known: dict[str, list[str]]
) -> None:
    operation = described[address]["GET"]
    if mode is GenerationMode.NEGATIVE and not operation.definition.raw.get("parameters"):
        pytest.skip("an address without parameters, of which nothing can be asked wrongly")

    @settings(
        max_examples=CASES,
        deadline=None,
        derandomize="CASES" not in os.environ,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def holds(case: Any, data: st.DataObject) -> None:
        if mode is GenerationMode.POSITIVE:
            for name in case.path_parameters or {}:
                held = known.get(address.split("/")[1] if name == "slug" else name)
                if held and data.draw(st.booleans()):
                    case.path_parameters[name] = data.draw(st.sampled_from(held))
        case.call_and_validate()

    holds()
