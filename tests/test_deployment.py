"""The configurations in the README are for the real programs: nginx serves the site by one, systemd reads others."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from app.settings import Settings
from app.web.bounds import LONGEST_ADDRESS
from tests.serving import free_port, running

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SYSTEMD = shutil.which("systemd-analyze")
SLUG = "2015-12-11-lavrov-rossiya-segodnya"

with_nginx = pytest.mark.skipif(NGINX is None, reason="there is no nginx here")
with_systemd = pytest.mark.skipif(SYSTEMD is None, reason="there is no systemd-analyze here")


def _files(language: str) -> dict[str, str]:
    """Return the blocks of a language by the path that their first line names."""
    blocks = re.findall(rf"^```{language}\n# (\S+)\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
    return dict(blocks)


class Answer(NamedTuple):
    """What nginx answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


Ask = Callable[..., Answer]


@contextmanager
def _behind_nginx(folder: Path, site_port: int, change: Callable[[str], str] = str) -> Iterator[Ask]:
    """Run nginx with the configuration of the README, with ports, folders and what `change` does being others."""
    (text,) = _files("nginx").values()
    port, log = free_port(), folder / "error.log"
    for old, new in (
        ("/var/cache/nginx-verbatim", str(folder / "cache")),
        ("/var/log/nginx/verbatim.log", str(folder / "access.log")),
        ("127.0.0.1:8000", f"127.0.0.1:{site_port}"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "verbatim.conf").write_text(change(text))
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {log};\n"
        f"events {{}}\nhttp {{ {temporary} include {folder}/verbatim.conf; }}\n"
    )
    command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(log)]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_for(port, process)
            yield lambda path, method="GET", **headers: _ask(port, path, method, headers)
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[str]) -> None:
    while process.poll() is None:
        try:
            _ask(port, "/healthz", "GET", {})
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError(process.stderr.read() if process.stderr else "nginx ended")


def _ask(port: int, path: str, method: str, headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def ask(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask nginx, which has the real server behind it."""
    with ExitStack() as stack:
        port = stack.enter_context(running(Settings(archive=archive, url="https://archive.example")))
        yield stack.enter_context(_behind_nginx(tmp_path_factory.mktemp("nginx"), port))


@with_nginx
def test_a_page_is_asked_for_once_and_then_kept(ask: Ask) -> None:
    first, again = (ask(f"/interviews/{SLUG}") for _ in range(2))
    assert (first.status, again.status) == (200, 200)
    assert (first.headers["X-Cache-Status"], again.headers["X-Cache-Status"]) == ("MISS", "HIT")
    assert first.body == again.body
    assert b'<link rel="canonical" href="https://archive.example/' in first.body
    assert ask(f"/interviews/{SLUG}", If_None_Match=first.headers["ETag"]).status == 304
    assert ask(f"/interviews/{SLUG}", "HEAD").body == b""


@with_nginx
def test_versions_of_a_page_are_kept_apart(ask: Ask) -> None:
    plain = ask(f"/interviews/{SLUG}", Accept_Encoding="identity")
    packed = ask(f"/interviews/{SLUG}", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert len(packed.body) < len(plain.body) / 2
    dated = ask(f"/interviews/{SLUG}", Accept_Datetime="Thu, 01 Jan 2099 00:00:00 GMT")
    assert (dated.status, dated.headers["Location"]) == (302, f"https://archive.example/interviews/{SLUG}?v=1")
    assert ask(f"/interviews/{SLUG}").status == 200


@with_nginx
def test_errors_and_the_state_of_the_site_are_never_kept(ask: Ask) -> None:
    for path, status in (("/nowhere", 404), ("/healthz", 200)):
        for _ in range(2):
            answer = ask(path)
            assert (answer.status, answer.headers["X-Cache-Status"]) == (status, "MISS"), path
    assert ask("/", "POST").status == 405


@with_nginx
def test_a_long_address_comes_through_and_a_longer_one_is_414(ask: Ask) -> None:
    asked = "/search?q="
    assert ask(asked + "a" * (LONGEST_ADDRESS - len(asked))).status == 200
    assert ask(asked + "a" * LONGEST_ADDRESS).status == 414
    assert ask(asked + "a" * 3 * LONGEST_ADDRESS).status == 414


@with_nginx
def test_large_files_are_handed_on_whole_and_in_parts(ask: Ask, archive: Path) -> None:
    data = archive.read_bytes()
    assert ask("/bulk/archive.db").body == data
    part = ask("/bulk/archive.db", Range="bytes=100-199")
    assert (part.status, part.body) == (206, data[100:200])
    assert ask(f"/interviews/{SLUG}/source", Range="bytes=0-9").status == 206


@with_nginx
def test_the_log_has_neither_who_asked_nor_what_for(archive: Path, tmp_path: Path) -> None:
    with running(Settings(archive=archive)) as port, _behind_nginx(tmp_path, port) as ask:
        assert ask("/search?q=refugees").status == 200
    (line,) = [line for line in (tmp_path / "access.log").read_text().splitlines() if "/search" in line]
    assert "200 GET /search " in line
    assert "refugees" not in line
    assert "127.0.0.1" not in line


@with_nginx
def test_a_site_that_does_not_answer_is_shown_from_the_cache(archive: Path, tmp_path: Path) -> None:
    with ExitStack() as stack:
        with running(Settings(archive=archive)) as port:
            ask = stack.enter_context(_behind_nginx(tmp_path, port, _soon_stale))
            seen = ask("/about")
        time.sleep(2.5)  # more only makes the page staler
        late = ask("/about")
        assert (late.status, late.body) == (200, seen.body)
        assert late.headers["X-Cache-Status"] in ("STALE", "UPDATING")
        assert ask("/speakers").status == 502


def _soon_stale(text: str) -> str:
    """Put another server of nginx before the site, which says of every page that it is fresh for a second."""
    port = free_port()
    (site,) = re.findall(r"server (127\.0\.0\.1:\d+);", text)
    between = (
        f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://{site}; proxy_hide_header Cache-Control; "
        'add_header Cache-Control "public, max-age=1, stale-while-revalidate=600, stale-if-error=86400"; } }\n'
    )
    return text.replace(f"server {site};", f"server 127.0.0.1:{port};") + between


@with_nginx
def test_the_site_can_stand_below_a_path(archive: Path, tmp_path: Path) -> None:
    def below(text: str) -> str:
        return text.replace("location / {", "location /archive/ {").replace(
            "location /bulk/ {", "location /archive/bulk/ {"
        )

    settings = Settings(archive=archive, url="https://host.example/archive")
    with running(settings) as port, _behind_nginx(tmp_path, port, below) as ask:
        page = ask("/archive/about")
        assert page.status == 200
        (style,) = re.findall(rb'<link rel="stylesheet" href="([^"]+)"', page.body)
        assert ask(style.decode()).status == 200
        assert ask("/archive/bulk/archive.db", Range="bytes=0-5").body == b"SQLite"
        assert ask("/about").status == 404


@with_systemd
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    units = _files("ini")
    assert len(units) == 3
    program = tmp_path / "verbatim"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -m app\n")
    program.chmod(0o755)
    for path, text in units.items():
        assert path.startswith("/etc/systemd/system/verbatim")
        (tmp_path / Path(path).name).write_text(text.replace("/opt/verbatim/.venv/bin/verbatim", str(program)))
    names = [str(tmp_path / Path(path).name) for path in units]
    for name in names:
        ran = subprocess.run(
            [str(SYSTEMD), "verify", "--man=no", name],
            env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
            capture_output=True,
            text=True,
        )
        about_ours = [line for line in ran.stderr.splitlines() if "verbatim" in line]
        assert (ran.returncode, about_ours) == (0, [])


def test_what_the_units_run_are_commands_as_they_are(archive: Path, tmp_path: Path) -> None:
    lines = [line for text in _files("ini").values() for line in re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)]
    assert len(lines) == 2
    for line in lines:
        command = line.split()[1]
        shown = subprocess.run([sys.executable, "-m", "app", command, "--help"], capture_output=True, text=True)
        assert shown.returncode == 0
        assert all(option in shown.stdout for option in re.findall(r"--\w+", line))
    for name in re.findall(r"^Environment=VERBATIM_(\w+)=", "".join(_files("ini").values()), re.MULTILINE):
        assert name.lower() in Settings.model_fields
