"""What planted mistakes the tests of rules, consent and sealing notice: the table of a run.

``make mutation`` changes one thing at a time in the modules named under ``[tool.mutmut]`` of
``pyproject.toml``, runs their tests, and then writes ``docs/reference/mutation.md`` with this
program. It ends with 1 if fewer than nine of ten mistakes were noticed.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "mutation.md"
PROGRAM = Path(sys.executable).with_name("mutmut")
NOTICED = {"killed", "timeout", "segfault", "caught by type check"}
LEAST = 0.9


def ask(*arguments: str) -> str:
    """Return what the mutation program prints."""
    ran = subprocess.run(
        [PROGRAM, *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return ran.stdout


def outcomes() -> dict[str, str]:
    """Return what became of each planted mistake, by its name."""
    rows = (line.strip().rpartition(": ") for line in ask("results", "--all", "true").splitlines())
    return {name: outcome for name, _, outcome in rows if name}


def module_of(name: str) -> str:
    """Return the module a planted mistake is in."""
    return name.rpartition(".")[0].removeprefix("counterpoint.web.")


def changed_lines(name: str) -> list[str]:
    """Return the lines that a planted mistake took out and put in."""
    lines = ask("show", name).splitlines()
    return [line for line in lines if line[:1] in {"-", "+"} and line[:3] not in {"---", "+++"}]


def page(found: dict[str, str]) -> str:
    """Return the page of one run."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for name, outcome in found.items():
        counted[module_of(name)][outcome] += 1
    lines = [
        "# Planted mistakes in rules, consent and sealing",
        "",
        "Written by `make mutation`. A program changes one thing at a time: a sign, a number, an "
        "`and` to an `or`, an argument left out. The tests of the module then have to fail. A "
        "change after which they never end counts as noticed.",
        "",
        "| module | planted | noticed | share |",
        "|---|---|---|---|",
    ]
    for module, each in sorted(counted.items()):
        lines.append(row(module, each))
    lines.append(row("all", sum(counted.values(), Counter())))
    left = sorted(name for name, outcome in found.items() if outcome not in NOTICED)
    lines += ["", f"## The {len(left)} that were not noticed", ""]
    lines += ["Most change nothing: another spelling of the same name, a default written out.", ""]
    for name in left:
        lines += [f"`{module_of(name)}` ({found[name]})", "", "```diff", *changed_lines(name)]
        lines += ["```", ""]
    return "\n".join(lines).rstrip() + "\n"


def row(name: str, outcome: Counter[str]) -> str:
    """Return one line of the table."""
    planted, noticed = outcome.total(), sum(outcome[each] for each in NOTICED)
    return f"| {name} | {planted} | {noticed} | {noticed / planted:.1%} |"


def main() -> int:
    """Write the page; 0 if enough was noticed."""
    found = outcomes()
    unrun = [name for name, outcome in found.items() if outcome == "not checked"]
    if not found or unrun:
        print(f"{len(unrun)} planted mistakes were not tried: run `make mutation`", file=sys.stderr)
        return 2
    PAGE.write_text(page(found), encoding="utf-8")
    share = sum(outcome in NOTICED for outcome in found.values()) / len(found)
    print(f"{share:.1%} of {len(found)} planted mistakes noticed; see {PAGE.relative_to(ROOT)}")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
