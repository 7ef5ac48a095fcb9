"""Shows reports, inspections and results in a terminal, or as JSON; it decides nothing about them."""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from app.archive.bagging import Bagged
    from app.bags import Restored
    from app.importer import FileReport, Report
    from app.inspecting import Inspection
    from app.search.results import Hit, SearchResults
    from app.settling import Settled

_SHOWN = 20
"""How many warnings of one import are printed; --json gives all."""
_COLOURS = {
    "question": "cyan",
    "answer": "green",
    "statement": "green",
    "moderator": "magenta",
    "note": "yellow",
    "metadata": "blue",
    "furniture": "bright_black",
}


def as_json(record: object) -> None:
    """Print a dataclass, or what is made of JSON's own types, as JSON on standard output."""
    plain = dataclasses.asdict(record) if dataclasses.is_dataclass(record) and not isinstance(record, type) else record
    print(json.dumps(plain, ensure_ascii=False, indent=2))


def complain(sentence: str) -> None:
    """Print one sentence on standard error."""
    _say(Console(stderr=True), Text(_harmless(sentence), "red"))


def tell(line: str, *, aside: bool = False) -> None:
    """Print one line on standard output; on standard error where it is said beside what was asked for."""
    _say(Console(stderr=aside), Text(_harmless(line)))


def show_numbers(numbers: Mapping[str, int]) -> None:
    """Print numbers, each under its name."""
    table = Table(*numbers, box=SIMPLE)
    table.add_row(*map(str, numbers.values()))
    Console().print(table)


def _harmless(text: str) -> str:
    """Return `text` without the control characters by which a file could command the terminal it is shown in."""
    return "".join("\ufffd" if unicodedata.category(letter) == "Cc" and letter != "\n" else letter for letter in text)


def _say(console: Console, *parts: Text | str) -> None:
    """Print one line, however long: the terminal wraps it, a pipe gets it whole."""
    console.print(Text.assemble(*parts), soft_wrap=True)


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """Give a function that shows how many of how many files are done; None where nobody is watching."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=_harmless(name))


def show_refusals(report: Report) -> None:
    """Print on standard error why files were refused or held back, and which ids were to end and did not."""
    for file in report.files:
        if file.outcome in {"refused", "held back"}:
            complain(file.reason or file.name)
            for id in file.ended:
                complain(f"  {id} would end")
    for id in report.unused_retirements:
        complain(f"--retire {id}: it did not end")


def show_report(report: Report, *, dry_run: bool) -> None:
    """Print what an import did: the files that changed something, the warnings, and the numbers."""
    console = Console()
    for file in report.files:
        if file.outcome in {"new", "corrected"}:
            _say(console, f"{file.outcome}: ", _harmless(file.name), Text(f" -> /interviews/{file.slug}", "dim"))
        elif file.reason and file.outcome in {"unchanged", "skipped"}:
            _say(console, Text(_harmless(f"{file.outcome}: {file.name} ({file.reason})"), "dim"))
    show_settled(report.settled)
    _show_warnings(report.files)
    outcomes = [file.outcome for file in report.files]
    numbers = {each: outcomes.count(each) for each in ("new", "corrected", "unchanged", "refused", "held back")}
    show_numbers(numbers | {"warnings": sum(len(file.findings) for file in report.files)})
    show_generation(report.generation, dry_run=dry_run)


def show_generation(number: int | None, *, dry_run: bool) -> None:
    """Print which generation was published, or that none was."""
    if dry_run:
        tell("A dry run: nothing was written.")
    elif number is None:
        tell("Nothing changed: the archive is as it was.")
    else:
        tell(f"Published as generation {number}.")


def show_settled(settled: Sequence[Settled]) -> None:
    """Print which people and outlets the registers have merged, renamed or told apart."""
    for one in settled:
        old, new = (f"{each.name} (/{one.kind}s/{each.slug})" for each in (one.old, one.new))
        where = Text(f" in {_count(one.interviews, 'interview')}", "dim")
        _say(Console(), _harmless(f"{one.how}: {old} -> {new}"), where)


def _show_warnings(files: Sequence[FileReport]) -> None:
    console = Console(stderr=True)
    warnings = [(file.name, finding) for file in files for finding in file.findings]
    for name, finding in warnings[:_SHOWN]:
        _say(console, Text(_harmless(f"{name}:{finding.line}: {finding.message} [{finding.code}]"), "yellow"))
    if len(warnings) > _SHOWN:
        _say(console, f"... and {len(warnings) - _SHOWN} more warnings; --json lists them all.")


def show_results(results: SearchResults, address: str) -> None:
    """Print hits, each with its date, speaker, question and marked passage; `address` begins every link."""
    console = Console()
    for mistake in results.mistakes:
        complain(mistake.message)
    about = "" if results.total_is_exact else "more than "
    answers, interviews = _count(results.total, "hit"), _count(results.interview_total, "interview")
    _say(console, Text(f"{about}{answers} in {interviews}: {_harmless(results.restated)}", "bold"))
    for hit in results.hits:
        _show_hit(console, hit, address)
    if results.timed_out:
        complain("The search was stopped for want of time: there may be more.")
    if results.pages > 1:
        _say(console, Text(f"\npage {results.page} of {results.pages}", "dim"))


def _show_hit(console: Console, hit: Hit, address: str) -> None:
    facts = (hit.interview.date, hit.speaker and hit.speaker.name, ", ".join(outlet.name for outlet in hit.outlets))
    _say(console, Text("\n" + " · ".join(_harmless(fact) for fact in facts if fact), "bold"))
    if hit.question:
        _say(console, Text(_harmless(hit.question), "dim"))
    passage = Text()
    for piece in hit.excerpt:
        passage.append(_harmless(piece.text), "bold yellow" if piece.match else "")
    _say(console, passage)
    _say(console, Text(f"{address}{hit.url}", "dim"))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def show_inspection(inspection: Inspection) -> None:
    """Print every line of a source beside what it was taken for and why, then the warnings and a summary."""
    console = Console()
    if inspection.refused is not None:
        complain(inspection.refused)
        return
    taken = sorted(_taken(inspection), key=lambda one: one.line)
    if console.is_terminal:
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        for one in taken:
            text = Text.assemble((one.label, "bold"), _harmless(one.text), style=one.colour)
            if one.why:
                text.append(f"  [{_harmless(one.why)}]", "dim italic")
            table.add_row(Text(str(one.line), "dim"), Text(_harmless(one.kind), one.colour), text)
        console.print(table)
    else:
        for one in taken:
            why = f"  [{_harmless(one.why)}]" if one.why else ""
            _say(console, f"{one.line:>5}  {_harmless(one.kind):<10}  {_harmless(one.label + one.text)}{why}")
    for warning in inspection.warnings:
        _say(
            Console(stderr=True),
            Text(_harmless(f"{inspection.name}:{warning.line}: {warning.message} [{warning.code}]"), "yellow"),
        )
    _show_summary(console, inspection)


def _show_summary(console: Console, inspection: Inspection) -> None:
    """Print the facts of an interview, those that are not known said so, who speaks, and the numbers."""
    who = ", ".join(f"{one.name} ({one.office})" if one.office else one.name for one in inspection.speakers)
    when = " ".join(part for part in (inspection.date, inspection.time) if part)
    facts = (
        ("title", inspection.title),
        ("date", when),
        ("place", inspection.place),
        ("language", inspection.language),
        ("outlet", ", ".join(inspection.outlets)),
        ("people", who),
        ("encoding", inspection.encoding),
    )
    _say(console)
    for name, value in facts:
        shown = Text(_harmless(value), "bold") if value else Text("not known", "dim italic")
        _say(console, Text(f"{name:<10}", "dim"), shown)
    roles = [turn.role for turn in inspection.turns]
    counts = [(len(inspection.exchanges), "exchange"), *((roles.count(role), role) for role in dict.fromkeys(roles))]
    counts += [(len(inspection.notes), "note"), (len(inspection.warnings), "warning"), (inspection.words, "word")]
    _say(console, Text(", ".join(_count(*one) for one in counts) + ", every word accounted for", "bold"))


class _Taken(NamedTuple):
    """One line of a source, and what it was taken for."""

    line: int
    kind: str
    colour: str
    text: str
    label: str = ""
    why: str = ""


def _taken(inspection: Inspection) -> Iterator[_Taken]:
    for found in inspection.metadata:
        yield _Taken(found.line, found.purpose, _COLOURS["metadata"], found.text)
    for found in inspection.furniture:
        yield _Taken(found.line, "furniture", _COLOURS["furniture"], found.text, why=found.purpose)
    for note in inspection.notes:
        yield _Taken(note.line, "note", _COLOURS["note"], note.text)
    for turn in inspection.turns:
        for number, (line, text) in enumerate(zip(turn.lines, turn.paragraphs, strict=True)):
            label = f"{turn.label}: " if turn.label and not number else ""
            why = "" if number else "; ".join(turn.evidence)
            yield _Taken(line, turn.role, _COLOURS[turn.role], text, label, why)


def show_bagged(bagged: Bagged) -> None:
    """Print what went into a bag."""
    held = f"{_count(bagged.interviews, 'interview')} in {_count(bagged.versions, 'version')}"
    withheld = f"; {_count(bagged.withheld, 'source')} withheld" if bagged.withheld else ""
    _say(Console(), f"{bagged.folder}: a bag of {held}{withheld}.")
    print(f"files: {bagged.files}, bytes: {bagged.size}\ndigest: {bagged.digest}")


def show_restored(restored: Restored) -> None:
    """Print what was made of a bag."""
    done = "can be restored" if restored.generation is None else "restored"
    _say(Console(), f"{restored.archive}: {_count(restored.interviews, 'interview')} {done} from {restored.bag}.")
    for name in restored.registers:
        print(f"register put beside it: {name}")
    for name in restored.left:
        complain(f"{name}: another stands beside the archive and was left; the bag's is in {restored.bag}")
    print(f"digest: {restored.digest}")


def show_faults(archive: Path, faults: Sequence[str]) -> None:
    """Print what is wrong with an archive, on standard error; that all is well, on standard output."""
    for fault in faults:
        complain(f"{archive}: {fault}")
    if not faults:
        _say(Console(), f"{archive}: whole, and true to its sources.")
