"""What each operator finds, counted by hand, is found whole and alone by page, JSON, CSV, feed and command."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from app.archive.opening import Library
from app.archive.publishing import building
from app.search.results import SearchRequest, find
from tests.search import golden

ALL, ASKED = "P1 P2 P3 V1 V2 M1 M2 O1 Y1", "p1 p2 p3 v1 v2 m1 m2 o1"
FOUND = """
word        | refugees | P2
word        | REFUGEE | P2
word        | refuge | O1
word        | negotiation | V1 V2
word        | negotiating | V1 V2
word        | security | P1 V2 O1 Y1
word        | islands | P1 O1
word        | schengen |
word        | nato | M2
word        | переговоры | M1
word        | переговорами | M1
word        | беженцев | M1
word        | еще | M1
word        | ещё | M1
word        | ёлка | M2
word        | елка | M2
word        | пишут | M2
word        | йод | M1
word        | иод |
word        | рядом | M1 M2
word        | 安全保障 | Y1
compound    | can’t | P2
compound    | can't | P2
compound    | anti-Russian | P2
compound    | anti–russian | P2
compound    | US/Russia | P2
compound    | 18:47 | P3
compound    | No. 553 | P3
compound    | Su-24 | P3
compound    | su24 |
all         | security islands | P1 O1
all         | security settlement |
all         | settlement syria | V1
all         | ещё беженцы | M1
all         | nato ёлка | M2
phrase      | "negotiation" | V2
phrase      | "negotiations" |
phrase      | "islands of security" | P1
phrase      | “islands of security” | P1
phrase      | ‘islands of security’ | P1
phrase      | "islands security" |
phrase      | "переговоры" |
phrase      | "переговорах" | M1
phrase      | «острова безопасности» | M1
phrase      | "nato рядом" | M2
without     | security -islands | V2 Y1
without     | security NOT islands | V2 Y1
without     | security -"islands of security" | V2 O1 Y1
without     | -security | P2 P3 V1 M1 M2
without     | рядом -беженцы | M2
or          | settlement OR camps | P2 V1
or          | settlement OR camps refugees | P2 V1
or          | negotiation OR -security | P2 P3 V1 V2 M1 M2
or          | nato OR ещё | M1 M2
or          | nato OR camps | P2 M2
brackets    | (settlement OR camps) refugees | P2
brackets    | settlement (camps OR syria) | V1
brackets    | рядом (nato OR camps) | M2
prefix      | nego* | V1 V2
prefix      | "political settl*" | V1
prefix      | безоп* | M1
prefix      | перег* | M1
prefix      | secur* -islands | V2 Y1
near        | islands NEAR/1 security | P1 O1
near        | islands NEAR/0 security |
near        | "islands" NEAR/1 "security" | P1 O1
near        | negotiations NEAR/5 security | V2
near        | nothing NEAR/5 refuge |
near        | острова NEAR/3 безопасности | M1
speaker     | speaker:lavrov | P1 P2 V1 M1 M2
speaker     | speaker:Лавров security | P1
speaker     | speaker:"Sergey Lavrov" security | P1
speaker     | speaker:kerry | V2 O1 Y1
speaker     | -speaker:lavrov security | V2 O1 Y1
speaker     | speaker:nobody security |
speaker     | in:question speaker:kern | p1 v2
outlet      | outlet:tass | P1 P2 P3 M1 M2
outlet      | outlet:bbc negotiation | V1 V2
outlet      | outlet:tass -outlet:rossiya-segodnya | M1 M2
language    | lang:ru | M1 M2
language    | lang:russian переговоры | M1
language    | -lang:en | M1 M2 Y1
year        | year:2016 | V1 V2 M1 M2 Y1
year        | year:2015 security | P1
year        | year:undated | O1
year        | year:2015 after:2016 |
after       | after:2016 | V1 V2 M1 M2 Y1
after       | after:2016-05-02 | M1 M2
after       | after:2016-05 | V1 V2 M1 M2
before      | before:2016 | P1 P2 P3
before      | before:2016-05-21 | P1 P2 P3 M1 M2
side        | in:question refugees | p1 o1
side        | in:question переговоры | m1
side        | in:question schengen | p1
side        | in:question беженцы | m2
side        | in:both sanctions | p3
side        | in:both time | h
side        | in:both schengen camps | P2
"""
QUERIES = [tuple(part.strip() for part in line.split("|")) for line in FOUND.strip().splitlines()]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, store: Callable[..., int]) -> Path:
    path = tmp_path_factory.mktemp("golden") / "archive.db"
    with building(path) as c:
        golden.tell(partial(store, c))
    return path


@pytest.fixture(scope="module")
def names(published: Path) -> dict[str, str]:
    """The name of each turn by its public id."""
    library = Library(published)
    with library.lease() as lease:
        rows = lease.connection.execute(
            text("SELECT public_id, passages.text FROM turns JOIN passages ON turn_id = turns.id")
        ).all()
    library.close()
    found = {id: name for id, said in rows for name, begins in golden.TURNS.items() if said.startswith(begins)}
    assert sorted(found.values()) == sorted(golden.TURNS)
    return found


@pytest.fixture(scope="module")
def site(published: Path) -> Iterator[Any]:
    from starlette.testclient import TestClient

    from app.settings import Settings
    from app.web import create_app

    settings = Settings(archive=published, url="https://verbatim.example", cache_bytes=0)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


def _by_page(site: Any, query: str) -> list[str]:
    page = site.get(f"/search?{query}").text
    return list(dict.fromkeys(re.findall(r'href="/a/([^"/?#]+)', page)))


def _by_json(site: Any, query: str) -> list[str]:
    return [hit["id"] for hit in site.get(f"/search.json?{query}").json()["hits"]]


def _by_csv(site: Any, query: str) -> list[str]:
    return [
        row["id"] for row in csv.DictReader(io.StringIO(site.get(f"/search.csv?{query}").content.decode("utf-8-sig")))
    ]


def _by_feed(site: Any, query: str) -> list[str]:
    return list(
        dict.fromkeys(
            re.findall(r'href="https://verbatim\.example/a/([^"/?#]+)"', site.get(f"/search.atom?{query}").text)
        )
    )


def test_there_is_a_query_for_each_of_the_operators() -> None:
    assert len(QUERIES) >= 80
    assert len({q for _, q, _ in QUERIES}) == len(QUERIES)


@pytest.mark.parametrize(("q", "wanted"), [pytest.param(q, wanted, id=f"{shows}: {q}") for shows, q, wanted in QUERIES])
def test_a_query_finds_all_and_only_what_is_meant(site: Any, names: dict[str, str], q: str, wanted: str) -> None:
    query = urlencode({"q": q})
    for ask in (_by_page, _by_json, _by_csv, _by_feed):
        found = [names[id] for id in ask(site, query)]
        assert sorted(found) == sorted(wanted.split()), ask.__name__


def test_the_command_finds_the_same(published: Path, names: dict[str, str]) -> None:
    from typer.testing import CliRunner

    from app.cli import commands

    for _, q, wanted in QUERIES:
        told = CliRunner().invoke(commands, ["search", "--archive", str(published), "--json", "--", q])
        assert told.exit_code in (0, 1), told.output
        assert sorted(names[hit["id"]] for hit in json.loads(told.stdout)["hits"]) == sorted(wanted.split()), q


def test_what_is_asked_for_nothing_is_everything(published: Path, names: dict[str, str]) -> None:
    library = Library(published)
    with library.lease() as lease:
        for side, every in (("answer", ALL), ("question", ASKED)):
            hits = find(lease.connection, SearchRequest("", side=side)).hits  # type: ignore[arg-type]
            assert sorted(names[hit.id] for hit in hits) == sorted(every.split())
    library.close()
