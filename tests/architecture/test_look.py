"""The look of the site: one file of tokens, both directions of reading, no dead class."""

from __future__ import annotations

import re

import pytest

import stylesheets
from colours import SEEN_BY, contrast, distance, lab, linear
from stylesheets import (
    ROOT,
    SCRIPTS,
    SHEETS,
    TOKENS,
    WEB,
    Rule,
    all_rules,
    block_of,
    classes_in,
    classes_set,
    rules_of,
    tokens,
)

RULES = [rule for rule in all_rules() if rule.sheet != TOKENS]
NAMED = r"\b(?:white|black|red|blue|green|grey|gray|orange|purple|brown)\b"
FUNCTION = r"\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb|color)\("
COLOUR = re.compile(rf"#[0-9a-f]{{3,8}}\b|{FUNCTION}|{NAMED}")
DURATION = re.compile(r"(?<![\w-])[\d.]+m?s\b")
ABSOLUTE = re.compile(r"(?<![\w-])\d*\.?\d+(?:px|pt|mm|cm|in)\b")
SIDES = re.compile(r"(?<![\w])(?:left|right)(?![\w])")
NESTED = re.compile(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")

LITERALS = {
    ("base.css", "html", "font-size", "100%"): "the size somebody chose in their browser",
    ("base.css", "button, input, select, textarea", "font", "inherit"): "a reset",
    ("safety.css", ".held code", "font-size", "0.9em"): "beside words of any size",
    ("components.css", ".visually-hidden", "width", "1px"): "the known recipe, never seen",
    ("components.css", ".visually-hidden", "height", "1px"): "the known recipe, never seen",
    (
        "assessment.css",
        ".board-mark",
        "transform",
        "translate(calc(var(--near, 5) * 10px), calc(var(--myself, 5) * 10px))",
    ): "units of the drawing",
    (
        "assessment.css",
        ".board-near",
        "transform",
        "translateX(calc(var(--near, 5) * 10px))",
    ): "units of the drawing",
    (
        "assessment.css",
        ".board-myself",
        "transform",
        "translateY(calc(var(--myself, 5) * 10px))",
    ): "units of the drawing",
}
"""Values outside the tokens that stay as they are, each with its reason."""

ON_PAPER = {"@page", "print"}
"""Where lengths are of a sheet of paper, whose millimetres do not change."""

BOTH_SIDES = {"env(safe-area-inset-left)", "env(safe-area-inset-right)"}
"""A screen's own edges, which have no logical names; taken together they favour neither side."""


def is_on_paper(rule: Rule) -> bool:
    return rule.selector in ON_PAPER or any("print" in at for at in rule.around)


def literals(rule: Rule) -> list[tuple[str, str]]:
    """Return what a rule says by itself that the tokens have to say."""
    found = []
    for name, value in rule.declarations:
        if (
            COLOUR.search(value)
            or DURATION.search(value)
            or (name in {"font", "font-size"} and not value.startswith("var(--"))
            or (ABSOLUTE.search(value) and not is_on_paper(rule))
        ):
            found.append((name, value))
    return found


def test_colours_sizes_of_type_lines_and_durations_are_said_in_one_file() -> None:
    said = {
        (rule.sheet.name, rule.selector, name, value)
        for rule in RULES
        for name, value in literals(rule)
    }
    assert said == set(LITERALS)


@pytest.mark.parametrize(
    "declaration",
    [
        ("color", "#fff"),
        ("border-color", "rgb(0 0 0 / 0.5)"),
        ("background", "white"),
        ("font-size", "13px"),
        ("font-size", "1.2rem"),
        ("transition", "opacity 200ms"),
        ("border", "3px solid var(--line)"),
    ],
)
def test_a_literal_is_found(declaration: tuple[str, str]) -> None:
    assert literals(Rule(TOKENS, (), ".x", (declaration,))) == [declaration]


def test_every_token_that_is_read_is_set_and_every_one_set_is_read() -> None:
    set_here = set(tokens())
    elsewhere = {name for rule in RULES for name, _ in rule.declarations if name.startswith("--")}
    sources = [*SHEETS, *WEB.parent.glob("pictures/*.py"), *WEB.parent.glob("pictures/**/*.py")]
    read = {
        name
        for path in sources
        for name in re.findall(r"var\((--[\w-]+)", path.read_text(encoding="utf-8"))
    }
    assert read - set_here - elsewhere == set()
    assert set_here - read <= UNREAD


UNREAD = {"--s6", "--wish"}
"""A step that keeps a scale whole; the paint of a mark that drawings may take."""


def one_sided(rule: Rule) -> list[str]:
    """Return the declarations that would be on the wrong side for who reads right to left."""
    found = []
    for name, value in rule.declarations:
        bare = value
        for edge in BOTH_SIDES:
            if set(re.findall(r"env\([\w-]+\)", value)) >= BOTH_SIDES:
                bare = bare.replace(edge, "")
        parts = NESTED.sub("()", value).split()
        uneven = (
            name in {"margin", "padding", "inset", "border-width", "border-style", "border-color"}
            and len(parts) == 4
            and parts[1] != parts[3]
        ) or (name == "border-radius" and len(parts) > 1)
        if SIDES.search(name) or SIDES.search(bare) or uneven:
            found.append(f"{rule}: {name}: {value}")
    return found


def test_no_rule_is_for_the_left_or_the_right() -> None:
    assert [line for rule in RULES for line in one_sided(rule)] == []


@pytest.mark.parametrize(
    "declaration",
    [
        ("margin-left", "1rem"),
        ("text-align", "right"),
        ("float", "left"),
        ("inset-inline-end", "env(safe-area-inset-right)"),
        ("padding", "0 1rem 0 0"),
        ("border-radius", "0 4px 4px 0"),
        ("border-right-color", "var(--ink)"),
    ],
)
def test_a_rule_for_one_side_is_found(declaration: tuple[str, str]) -> None:
    assert one_sided(Rule(TOKENS, (), ".x", (declaration,))) != []


def test_every_class_of_a_template_has_a_rule() -> None:
    ruled = {name for rule in RULES for name in rule.classes}
    bare = {
        name: sorted(apps)
        for name, apps in classes_set().items()
        if name not in ruled
        and not (name.endswith("*") and any(one.startswith(name[:-1]) for one in ruled))
    }
    assert bare == {}


def test_every_rule_is_for_a_class_that_somebody_sets() -> None:
    in_templates = classes_set()
    code = " ".join(
        path.read_text(encoding="utf-8")
        for path in [*SCRIPTS, *(ROOT / "src" / "counterpoint").rglob("*.py")]
    )
    starts = tuple(name[:-1] for name in in_templates if name.endswith("*"))

    def is_set(name: str) -> bool:
        return (
            name in in_templates
            or (bool(starts) and name.startswith(starts))
            or re.search(rf"[\"'\s]{re.escape(name)}[\"'\s]", code) is not None
        )

    dead = {str(rule): name for rule in RULES for name in rule.classes if not is_set(name)}
    assert dead == {}


def test_a_block_that_two_apps_use_is_a_shared_component() -> None:
    homes: dict[str, set[str]] = {}
    for rule in RULES:
        for name in rule.classes:
            homes.setdefault(block_of(name), set()).add(rule.sheet.parent.name)
    users: dict[str, set[str]] = {}
    for name, apps in classes_set().items():
        users.setdefault(block_of(name), set()).update(apps)
    astray = {
        block: sorted(apps)
        for block, apps in users.items()
        if len(apps) > 1 and "core" not in homes.get(block, set())
    }
    assert astray == {}


def test_classes_are_read_from_templates() -> None:
    text = """<p class="a {% if x %}b{% else %}c--d{% endif %} e-{{ y }}">
    {% include "f" with figure_class="g" %}{% block main_class %}h{% endblock %}"""
    assert classes_in(text) == {"a", "b", "c--d", "e-*", "g", "h"}


# What can be seen ---------------------------------------------------------------------------

THEMES = {
    "light": tokens(),
    "dark": tokens(dark=True),
    "light, more contrast": tokens(more=True),
    "dark, more contrast": tokens(dark=True, more=True),
    "print": tokens(medium="print"),
    "print from a dark screen": tokens(dark=True, more=True, medium="print"),
}
WORDS = {
    "--ink": ("--paper", "--card", "--well", "--accent-soft", "--care"),
    "--ink-soft": ("--paper", "--card", "--well", "--accent-soft", "--care"),
    "--accent": ("--paper", "--card", "--accent-soft"),
    "--alert": ("--paper", "--card"),
    "--on-accent": ("--accent",),
    "--paper": ("--ink", "--alert"),
}
"""Words and the grounds they stand on."""

DRAWN = {
    "--voice-a": ("--paper", "--card"),
    "--voice-b": ("--paper", "--card"),
    "--wish": ("--paper", "--card"),
    "--accent": ("--paper", "--card"),
    "--line-strong": ("--paper", "--card"),
    "--care-line": ("--care",),
}
"""Lines that have to be seen: voices, wish, focus, the edges of what can be tapped."""


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read(theme: str) -> None:
    floor = 7.0 if "more contrast" in theme else 4.5
    found = THEMES[theme]
    weak = {
        (words, ground): round(ratio, 2)
        for words, grounds in WORDS.items()
        for ground in grounds
        if (ratio := contrast(found[words], found[ground])) < floor
    }
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES)
def test_drawings_and_edges_can_be_seen(theme: str) -> None:
    floor = 4.5 if "more contrast" in theme else 3.0
    found = THEMES[theme]
    weak = {
        (line, ground): round(ratio, 2)
        for line, grounds in DRAWN.items()
        for ground in grounds
        if (ratio := contrast(found[line], found[ground])) < floor
    }
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", ["", *SEEN_BY])
def test_the_two_voices_look_far_apart_to_everybody(theme: str, eyes: str) -> None:
    found = THEMES[theme]
    assert distance(found["--voice-a"], found["--voice-b"], eyes) >= 40


@pytest.mark.parametrize("theme", THEMES)
def test_neither_voice_is_the_louder(theme: str) -> None:
    found = THEMES[theme]
    light_a, light_b = (lab(linear(found[f"--voice-{one}"]))[0] for one in "ab")
    assert abs(light_a - light_b) <= 8


def test_a_pair_that_some_cannot_tell_apart_is_found() -> None:
    assert distance("#2a9d3a", "#b5651d") > 40
    assert distance("#2a9d3a", "#b5651d", "deuteranopia") < 40


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


SYSTEM = {"Canvas", "CanvasText", "LinkText", "GrayText", "ButtonBorder"}


def test_with_forced_colours_every_colour_is_one_of_the_readers_own() -> None:
    plain, forced = tokens(), tokens(medium="forced-colors")
    ours = {
        name: forced[name]
        for name, value in plain.items()
        if value.startswith("#") and forced[name] not in SYSTEM
    }
    assert ours == {}
    assert forced["--voice-a"] != forced["--voice-b"]
    assert "Canvas" not in {forced[name] for name in ("--voice-a", "--voice-b", "--wish", "--ink")}


def test_paper_knows_no_dark_screen() -> None:
    printed = THEMES["print"]
    assert THEMES["print from a dark screen"] == {
        **printed,
        "--hair": tokens(more=True)["--hair"],
        "--shade": tokens(dark=True)["--shade"],
    }


def test_files_are_drawn_in_the_colours_of_the_page() -> None:
    from counterpoint.pictures.palette import choose_palette

    light, drawn = tokens(), choose_palette("file")
    assert (drawn.voice_a, drawn.voice_b) == (light["--voice-a"], light["--voice-b"])
    assert (drawn.ink, drawn.ink_soft) == (light["--ink"], light["--ink-soft"])
    assert (drawn.paper, drawn.line) == (light["--card"], light["--staff"])


def test_motion_stops_for_who_asks_for_less() -> None:
    still = {
        name: value
        for rule in rules_of(TOKENS)
        if any("prefers-reduced-motion" in at for at in rule.around)
        for name, value in rule.declarations
    }
    assert still == {"--quick": "0s", "--rise": "0"}


def test_the_reader_of_style_sheets_reads_all_of_them() -> None:
    assert len(SHEETS) >= 14
    for sheet in SHEETS:
        text = stylesheets._COMMENT.sub("", sheet.read_text(encoding="utf-8"))
        blocks = text.count("{") - len(re.findall(r"@(?:media|layer|supports)[^{;]*\{", text))
        assert len(rules_of(sheet)) == blocks, sheet.name
