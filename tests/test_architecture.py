"""Holds the shape of the program: who may import whom, what runs at import, and what every module states."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(path.relative_to(ROOT) for path in (ROOT / "app").rglob("*.py"))
PAGES = [path for path in MODULES if path.match("app/web/pages/*.py") and path.stem != "__init__"]

LOWEST = {"records", "errors"}
LOW = {*LOWEST, "permalinks", "counting", "differing"}
ALLOWED = {
    "records": set[str](),
    "errors": set[str](),
    "settings": set[str](),
    "resources": set[str](),
    "permalinks": LOWEST,
    "counting": set[str](),
    "differing": set[str](),
    "stating": LOW,
    "sidecars": LOW | {"stating"},
    "registers": LOW | {"stating"},
    "readers": LOW,
    "parsing": LOW,
    "citing": LOW | {"archive"},
    "exports": LOW | {"archive", "citing"},
    "archive": LOW | {"resources"},
    "search": LOW | {"archive"},
    "bounded": LOW | {"readers", "parsing"},
    "ahead": LOW | {"bounded", "readers"},
    "inspecting": LOW | {"bounded", "parsing"},
    "intake": LOW | {"readers", "sidecars"},
    "settling": LOW | {"registers", "archive", "search"},
    "storing": LOW | {"bounded", "registers", "settling", "archive", "search"},
    "importer": LOW | {"ahead", "intake", "archive", "settling", "storing"},
    "verifying": LOW | {"readers", "parsing", "archive", "search"},
    "reparsing": LOW | {"sidecars", "archive", "settling", "storing"},
    "returning": LOW | {"archive", "search"},
    "withholding": LOW | {"archive", "search"},
    "bags": LOW | {"registers", "verifying", "archive", "search"},
    "web": LOW | {"settings", "resources", "archive", "search", "citing", "exports"},
    "terminal": LOW | {"inspecting", "importer", "settling", "bags", "archive", "search"},
    "cli": LOW
    | {
        "settings",
        "readers",
        "sidecars",
        "inspecting",
        "intake",
        "importer",
        "reparsing",
        "returning",
        "verifying",
        "withholding",
        "bags",
    }
    | {"archive", "search", "citing", "exports", "web", "terminal"},
    "__main__": {"cli"},
}
"""For each part of the program the other parts that it may import; the one list to change when a part is added."""

CONFINED = {
    "bs4": {"readers"},
    "lxml": {"readers"},
    "chardet": {"readers"},
    "mammoth": {"readers"},
    "markdown_it": {"readers"},
    "pypdfium2": {"readers"},
    "sqlalchemy": {"archive", "search"},
    "alembic": {"archive"},
    "Stemmer": {"search"},
    "stdnum": {"permalinks"},
    "anyascii": {"permalinks"},
    "pydantic_settings": {"settings"},
    "fastapi": {"web"},
    "starlette": {"web"},
    "jinja2": {"web"},
    "uvicorn": {"web"},
    "typer": {"cli"},
    "click": {"cli"},
    "rich": {"cli", "terminal"},
}
"""For each library of consequence the only parts that may import it."""

DISTRIBUTIONS = {
    "alembic": "alembic",
    "anyascii": "anyascii",
    "brotli": "brotli",
    "bs4": "beautifulsoup4",
    "chardet": "chardet",
    "fastapi": "fastapi",
    "jinja2": "jinja2",
    "lxml": "lxml",
    "mammoth": "mammoth",
    "markdown_it": "markdown-it-py",
    "markupsafe": "jinja2",
    "pydantic": "pydantic-settings",
    "pydantic_settings": "pydantic-settings",
    "pypdfium2": "pypdfium2",
    "rich": "rich",
    "sqlalchemy": "sqlalchemy",
    "anyio": "fastapi",
    "starlette": "fastapi",
    "stdnum": "python-stdnum",
    "Stemmer": "PyStemmer",
    "typer": "typer",
    "uvicorn": "uvicorn",
}
"""The declared dependency that each importable name comes with."""
LOADED_BY_NAME = {"httptools", "uvloop", "lxml"}
"""Dependencies that another library loads when they are there: uvicorn the first two, bs4 the last."""


class Import(NamedTuple):
    """One imported module: "app.archive.reading" also where written `from app.archive import reading`."""

    target: str
    line: int


def _name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


NAMES = {_name(path) for path in MODULES}


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def _imports(tree: ast.AST) -> Iterator[Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            for alias in node.names:
                inner = f"{module}.{alias.name}"
                yield Import(inner if inner in NAMES else module, node.lineno)


def _part(name: str) -> str:
    """Return the part of the program a module belongs to: "archive" of "app.archive.reading", "" of "app"."""
    return name.split(".")[1] if "." in name else ""


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_follow_the_direction_of_the_layers(path: Path) -> None:
    part = _part(_name(path))
    assert not part or part in ALLOWED, f"{part} is a new part of the program: say in ALLOWED what it may import"
    wrong = [
        f"{path}:{line} imports {target}"
        for target, line in _imports(_tree(path))
        if target.startswith("app.") and _part(target) not in ALLOWED.get(part, set()) | {part}
    ]
    assert not wrong


def test_the_site_can_neither_parse_nor_write() -> None:
    assert not ALLOWED["web"] & {"readers", "parsing", "sidecars", "intake", "inspecting", "importer", "verifying"}
    writers = {"app.archive.publishing", "app.archive.writing", "app.archive.minting", "app.search.index"}
    wrong = [
        f"{path}:{line} imports {target}"
        for path in MODULES
        if _part(_name(path)) == "web"
        for target, line in _imports(_tree(path))
        if target in writers
    ]
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_libraries_stay_where_they_belong(path: Path) -> None:
    part = _part(_name(path))
    wrong = [
        f"{path}:{line} imports {target}"
        for target, line in _imports(_tree(path))
        if (root := target.split(".")[0]) in CONFINED and part not in CONFINED[root]
    ]
    assert not wrong


def test_every_library_imported_is_declared_and_every_one_declared_is_used() -> None:
    declared = {
        requirement.split(";")[0].split(">")[0].split("=")[0].strip()
        for requirement in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    }
    imported = {target.split(".")[0] for path in MODULES for target, _ in _imports(_tree(path))}
    foreign = imported - set(sys.stdlib_module_names) - {"app", ""}
    assert foreign <= set(DISTRIBUTIONS), "say in DISTRIBUTIONS which declared dependency it comes with"
    used = {DISTRIBUTIONS[name] for name in foreign} | LOADED_BY_NAME
    assert used == declared


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_import_is_relative(path: Path) -> None:
    relative = [node.lineno for node in ast.walk(_tree(path)) if isinstance(node, ast.ImportFrom) and node.level]
    assert not relative


@pytest.mark.parametrize("path", [path for path in MODULES if not path.is_relative_to("app/cli")], ids=str)
def test_no_import_hides_in_a_function(path: Path) -> None:
    functions = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert not [found for function in functions for found in _imports(function)]


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        _name(path): {target for target, _ in _imports(_tree(path)) if target in NAMES and target != _name(path)}
        for path in MODULES
    }
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join((*way[way.index(name) :], name))
        if name not in done:
            for target in sorted(graph[name]):
                visit(target, (*way, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_opens_with_a_docstring(path: Path) -> None:
    assert ast.get_docstring(_tree(path)), f"{path}: one sentence: what is in here, and what is not"


def test_what_passes_between_parts_is_frozen() -> None:
    drafts = {f"{_name(path)}.{name}" for path in MODULES for name in _thawed(path)}
    always = ("app.records.", "app.archive.holdings.", "app.web.pages.")
    assert not [draft for draft in drafts if draft.startswith(always)]
    wrong = [
        f"{path}:{node.lineno} imports {draft}"
        for path in MODULES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ImportFrom) and _part(node.module or "") != _part(_name(path))
        for alias in node.names
        if (draft := f"{node.module}.{alias.name}") in drafts
    ]
    assert not wrong


def _thawed(path: Path) -> Iterator[str]:
    """Give the names of the dataclasses of a module that are not frozen: drafts, at home in their own part alone."""
    for node in ast.walk(_tree(path)):
        for decorator in node.decorator_list if isinstance(node, ast.ClassDef) else ():
            words = ast.unparse(decorator).removeprefix("dataclasses.")
            if isinstance(node, ast.ClassDef) and words.startswith("dataclass") and "frozen=True" not in words:
                yield node.name


def test_importing_the_program_opens_no_file_and_reads_no_environment() -> None:
    libraries = sorted(
        {
            target
            for path in MODULES
            for target, _ in _imports(_tree(path))
            if target.split(".")[0] not in {"app", "__future__"}
        }
    )
    modules = sorted(name for name in NAMES if name != "app.__main__")
    ran = subprocess.run(
        [sys.executable, "-B", "-c", WATCH, *libraries, "--", *modules], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == ""


WATCH = r"""
import importlib, os, sys

APP = os.path.join(os.getcwd(), "app") + os.sep

def line_of_app(directly):
    frame = sys._getframe(2)
    while frame:
        file = frame.f_code.co_filename
        if file.startswith(APP):
            return f"{file}:{frame.f_lineno}"
        if directly and "site-packages" in file:
            return None  # a library reads its own environment while it builds a class of ours
        frame = frame.f_back
    return None

def watch(event, arguments):
    read = event == "open" and not str(arguments[0]).endswith((".py", ".pyc", ".so"))
    if read or event in {"sqlite3.connect", "subprocess.Popen", "socket.__new__"}:
        if line := line_of_app(directly=False):
            print(event, arguments[0], "at", line)

class Watched(os._Environ):
    def __getitem__(self, key):
        if line := line_of_app(directly=True):
            print("environment", key, "at", line)
        return super().__getitem__(key)

cut = sys.argv.index("--")
for name in sys.argv[1:cut]:
    importlib.import_module(name)
os.environ.__class__ = Watched
sys.addaudithook(watch)
for name in sys.argv[cut + 1:]:
    importlib.import_module(name)
"""


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_page_its_template_and_its_test_bear_one_name(page: Path) -> None:
    assert list((ROOT / "templates").glob(f"{page.stem}.*")), f"templates/{page.stem}.html is missing"
    assert list((ROOT / "tests").rglob(f"test_{page.stem}.py")), f"tests/web/pages/test_{page.stem}.py is missing"


def test_the_top_level_holds_what_is_agreed_and_no_more() -> None:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("only git knows which files belong to the project")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    agreed = {"pyproject.toml", "README.md", "app", "templates", "migrations", "data", "tests"}
    demanded = {"Makefile", "LICENSE", "CHANGELOG.md", "requirements.lock", "requirements-dev.lock"}
    assert agreed <= top
    assert not {name for name in top - agreed - demanded if not name.startswith(".")}
