"""Every sentence the program asks for exists, and gets the values it needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import counterpoint
from counterpoint.content import load_content

SOURCE = Path(counterpoint.__file__).parent
PHRASES = load_content().phrases
FAMILIES = sorted({one.partition(".")[0] for one in PHRASES if "." in one} - {"pair"})
PHRASE_ID = re.compile(rf"(?:{'|'.join(FAMILIES)})(?:\.(?!(?:csv|svg|css|toml|html)$)[a-z_]+)+")


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "phrase"
                and node.args
            ):
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node


def written_ids() -> Iterator[tuple[str, str]]:
    """Yield every string that reads like a phrase id, wherever it is written."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and PHRASE_ID.fullmatch(node.value)
            ):
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node.value


def asked(argument: ast.expr) -> list[str] | None:
    """Return the ids an argument can stand for; nothing where it cannot be read."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    if isinstance(argument, ast.IfExp):
        branches = [asked(argument.body), asked(argument.orelse)]
        return None if None in branches else [one for ids in branches for one in ids or ()]
    if isinstance(argument, ast.JoinedStr):
        pattern = "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_.]+"
            for part in argument.values
        )
        return [one for one in PHRASES if re.fullmatch(pattern, one)] or [f"/{pattern}/"]
    return None


def test_every_phrase_asked_for_exists() -> None:
    unknown = [
        f"{where} {phrase_id}"
        for where, call in calls()
        for phrase_id in asked(call.args[0]) or ()
        if phrase_id not in PHRASES
    ]
    assert unknown == []


def test_every_phrase_gets_the_values_it_needs() -> None:
    missing = []
    for where, call in calls():
        if not isinstance(call.args[0], ast.Constant):
            continue
        given = {keyword.arg for keyword in call.keywords}
        phrase = PHRASES.get(str(call.args[0].value))
        if phrase is not None and None not in given and not phrase.values <= given:
            missing.append(f"{where} {phrase.phrase_id} {sorted(phrase.values - given)}")
    assert missing == []


def test_every_phrase_id_written_down_exists() -> None:
    found = list(written_ids())
    assert len(found) > 30
    # an id may also be the part of a sentence about two that follows "pair."
    assert [
        f"{where} {one}" for where, one in found if not {one, f"pair.{one}"} & PHRASES.keys()
    ] == []
