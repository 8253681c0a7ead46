"""What Counterpoint says to people: texts, questions, exercises and pages, as versioned data.

`load_content` reads and validates them; `check_content` applies the rules a text must keep.
"""

from counterpoint.content.checks import banned_words_in, check_content
from counterpoint.content.exercises import Exercise, Outcome, OutcomeTime, Step, Way
from counterpoint.content.loader import LANGUAGES, load_content, read_help
from counterpoint.content.pages import Page, Section
from counterpoint.content.phrases import Phrase
from counterpoint.content.quiet import QuietCheck, QuietItem
from counterpoint.content.schema import (
    Checkin,
    CheckinItem,
    Choice,
    Content,
    CostText,
    HelpEntry,
    LoopText,
    Questionnaire,
    QuestionnaireItem,
    ResponseOption,
    SignText,
    SkillText,
    StyleText,
)
from counterpoint.content.sign_pages import Help, Moved, Part, Reflection, Shown, SignPage
from counterpoint.content.sources import Source
from counterpoint.content.sunday import LookItem, OtherInstrument, OwnItem, SundayLook

__all__ = [
    "LANGUAGES",
    "Checkin",
    "CheckinItem",
    "Choice",
    "Content",
    "CostText",
    "Exercise",
    "Help",
    "HelpEntry",
    "LookItem",
    "LoopText",
    "Moved",
    "OtherInstrument",
    "Outcome",
    "OutcomeTime",
    "OwnItem",
    "Page",
    "Part",
    "Phrase",
    "Questionnaire",
    "QuestionnaireItem",
    "QuietCheck",
    "QuietItem",
    "Reflection",
    "ResponseOption",
    "Section",
    "Shown",
    "SignPage",
    "SignText",
    "SkillText",
    "Source",
    "Step",
    "StyleText",
    "SundayLook",
    "Way",
    "banned_words_in",
    "check_content",
    "load_content",
    "read_help",
]
