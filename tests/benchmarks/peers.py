"""What a page is compared with, over the same rows: Datasette, Django, nginx, and uvicorn with ready bytes."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("datasette", "django", "gunicorn", "uvicorn", "uvloop", "httptools")

_ROWS = """
CREATE TABLE interviews (id INTEGER PRIMARY KEY, slug TEXT UNIQUE, title TEXT, date TEXT, language TEXT);
CREATE TABLE turns (
    id INTEGER PRIMARY KEY, public_id TEXT UNIQUE, interview_id INTEGER REFERENCES interviews(id), position INTEGER,
    exchange INTEGER, role TEXT, speaker TEXT, text TEXT
);
INSERT INTO interviews SELECT i.id, slug, title, date, i.language FROM held.interviews i
    JOIN held.versions v ON v.interview_id = i.id AND v.number = i.version;
INSERT INTO turns SELECT p.id, t.public_id, t.interview_id, p.position, p.exchange, t.role, s.name, p.text
    FROM held.passages p JOIN held.versions v ON v.id = p.version_id JOIN held.interviews i ON i.id = v.interview_id
    AND i.version = v.number JOIN held.turns t ON t.id = p.turn_id LEFT JOIN held.speakers s ON s.id = t.speaker_id;
CREATE INDEX turns_interview ON turns (interview_id, position);
CREATE INDEX interviews_date ON interviews (date);
CREATE VIRTUAL TABLE turns_fts USING fts5(text, content='turns', content_rowid='id');
INSERT INTO turns_fts(turns_fts) VALUES ('rebuild');
"""

_BARE = """
import base64, json, pathlib
PAGES = {
    path: ([(name.encode(), value.encode()) for name, value in headers], base64.b64decode(body))
    for path, (headers, body) in json.loads(pathlib.Path(__file__).with_name("pages.json").read_text()).items()
}

async def app(scope, receive, send):
    headers, body = PAGES[scope["path"]]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
"""

_DJANGO = """
import pathlib
import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import path

HERE = pathlib.Path(__file__).parent
LAYOUT = '''<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1>%s</body></html>'''
SOURCES = {
    "list": '''{% for each in interviews %}
<p><a href="/interviews/{{ each.slug }}">{{ each.title }}</a> {{ each.date }}</p>{% endfor %}''',
    "turns": '''{% for each in turns %}
<article id="{{ each.public_id }}"><h2>{{ each.speaker|default:each.role }}</h2>
{{ each.text|linebreaks }}<a href="/a/{{ each.public_id }}">link</a></article>{% endfor %}''',
    "found": '''<p>{{ total }}</p>{% for id, slug, text in found %}
<p><a href="/a/{{ id }}">{{ slug }}</a> {{ text|safe }}</p>{% endfor %}''',
}
settings.configure(
    SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, DEBUG=False, USE_TZ=False,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "CONN_MAX_AGE": None,
               "NAME": f"file:{HERE / 'rows.db'}?mode=ro&immutable=1", "OPTIONS": {"uri": True}}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()
TEMPLATES = {name: engines["django"].from_string(LAYOUT % source) for name, source in SOURCES.items()}


class Interview(models.Model):
    slug, title, date, language = (models.TextField() for _ in range(4))
    class Meta: app_label, managed, db_table = "rows", False, "interviews"


class Turn(models.Model):
    public_id, role, speaker, text = (models.TextField() for _ in range(4))
    position, exchange = models.IntegerField(), models.IntegerField()
    interview = models.ForeignKey(Interview, models.CASCADE)
    class Meta: app_label, managed, db_table = "rows", False, "turns"


def shown(name, **context):
    return HttpResponse(TEMPLATES[name].render(context))


def listed(request):
    return shown("list", title="Interviews", interviews=Interview.objects.order_by("-date")[:20])


def interview(request, slug):
    held = get_object_or_404(Interview, slug=slug)
    return shown("turns", title=held.title, turns=held.turn_set.order_by("position"))


def interview_json(request, slug):
    held = get_object_or_404(Interview, slug=slug)
    return JsonResponse({"title": held.title, "turns": list(held.turn_set.order_by("position").values())})


def answer(request, id):
    held = get_object_or_404(Turn.objects.select_related("interview"), public_id=id)
    turns = Turn.objects.filter(interview=held.interview, exchange=held.exchange).order_by("position")
    return shown("turns", title=held.interview.title, turns=turns)


def search(request):
    match = '"%s"' % request.GET["q"].replace('"', '""')
    with connection.cursor() as c:
        c.execute("SELECT count(*) FROM turns_fts WHERE turns_fts MATCH %s", [match])
        (total,) = c.fetchone()
        c.execute("SELECT t.public_id, i.slug, f.s FROM (SELECT rowid, snippet(turns_fts, 0, '<b>', '</b>', '…', 40) s"
                  " FROM turns_fts WHERE turns_fts MATCH %s ORDER BY rank LIMIT 20) f JOIN turns t ON t.id = f.rowid"
                  " JOIN interviews i ON i.id = t.interview_id", [match])
        return shown("found", title=match, total=total, found=c.fetchall())


urlpatterns = [path("", listed), path("interviews", listed), path("interviews/<slug>.json", interview_json),
               path("interviews/<slug>", interview), path("a/<id>", answer), path("search", search)]
application = get_wsgi_application()
"""

_NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; keepalive_requests 1000000000; sendfile on; tcp_nopush on; open_file_cache max=100;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    types {{ text/html html; application/json json; }}
    server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One response of the site, as it is sent to whoever takes no coding."""

    path: str
    headers: Sequence[tuple[str, str]]
    body: bytes


def rows(archive: Path, folder: Path) -> Path:
    """Return a plain file of the interviews and turns of an archive, with a full-text index; it is made once."""
    path = folder / "rows.db"
    if not path.exists():
        half = path.with_suffix(".building")
        half.unlink(missing_ok=True)
        c = sqlite3.connect(half)
        c.execute("PRAGMA journal_mode=OFF")
        c.execute("ATTACH ? AS held", (str(archive.absolute()),))
        c.executescript(_ROWS)
        c.commit()
        c.close()
        half.rename(path)
    return path


def environment(folder: Path) -> Path | None:
    """Return the interpreter of an environment that has the peers, made where there is none; None without them."""
    python = folder / "peers" / "bin" / "python"
    asked = [str(python), "-c", "import datasette, django, gunicorn, uvicorn"]
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "peers")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=False)
    if subprocess.run(asked, capture_output=True).returncode:
        print("Datasette and Django are left out: they could not be installed", file=sys.stderr)
        return None
    return python


def versions(python: Path) -> str:
    """Return what is installed in the environment of the peers."""
    script = "from importlib.metadata import version as v; print(f\"Datasette {v('datasette')}, Django {v('django')}\")"
    return subprocess.run([str(python), "-c", script], capture_output=True, text=True, check=True).stdout.strip()


@contextmanager
def datasette(python: Path, file: Path) -> Iterator[int]:
    """Serve the rows by Datasette, told that they never change."""
    port = free_port()
    command = [str(python), "-m", "datasette", "serve", "-i", str(file), "--port", str(port)]
    with started(command, port, "/rows"):
        yield port


@contextmanager
def django(python: Path, folder: Path) -> Iterator[int]:
    """Serve the rows by a plain view and template, in one process that keeps connections."""
    (folder / "views.py").write_text(_DJANGO)
    port = free_port()
    command = [str(python), "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"]
    with started([*command, "--keep-alive", "60", "--chdir", str(folder), "views:application"], port, "/"):
        yield port


@contextmanager
def bare(folder: Path, pages: Mapping[str, Page]) -> Iterator[int]:
    """Serve ready bytes by uvicorn and nothing else, with the headers that the site sends."""
    ready = {p.path: (list(p.headers), base64.b64encode(p.body).decode()) for p in pages.values()}
    (folder / "pages.json").write_text(json.dumps(ready))
    (folder / "bare.py").write_text(_BARE)
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "bare:app", "--app-dir", str(folder), "--port", str(port)]
    options = ["--no-access-log", "--no-server-header", "--no-proxy-headers", "--log-level", "warning"]
    with started([*command, *options, "--lifespan", "off"], port, next(iter(ready))):
        yield port


@contextmanager
def nginx(folder: Path, pages: Mapping[str, Page]) -> Iterator[int | None]:
    """Serve the pages as files, NAME.html each; None where there is no nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        print("nginx is left out: there is none (apt-get install nginx-light)", file=sys.stderr)
        yield None
        return
    (folder / "files").mkdir(exist_ok=True)
    for name, page in pages.items():
        (folder / "files" / f"{name}.html").write_bytes(page.body)
    # Its worker may be another user, who has to get to the files.
    for place in (folder, folder / "files"):
        place.chmod(0o755)
    port = free_port()
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, port=port))
    with started([program, "-p", str(folder), "-c", str(folder / "nginx.conf")], port, f"/{next(iter(pages))}.html"):
        yield port


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def started(command: list[str], port: int, path: str, settings: Mapping[str, str] | None = None) -> Iterator[None]:
    """Run a server on the first core, wait until it answers, and end it."""
    cores = sorted(os.sched_getaffinity(0))
    pinned = ["taskset", "--cpu-list", str(cores[0]), *command] if len(cores) > 1 else command
    process = subprocess.Popen(
        pinned, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | dict(settings or {})
    )
    try:
        end = time.monotonic() + 60
        while not _answers(port, path):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"does not answer: {' '.join(command)}")
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _answers(port: int, path: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            return b" 200 " in connection.recv(64)
    except OSError:
        return False
