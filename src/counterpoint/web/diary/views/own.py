"""Questions of one's own: what is asked, what was answered, and questionnaires of others."""

from __future__ import annotations

from datetime import timedelta
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from counterpoint.pictures import Picture, one_line
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.access import get_own, signed_in
from counterpoint.web.core.day_words import day_and_month
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.core.statuses import UNREADABLE
from counterpoint.web.diary import own
from counterpoint.web.diary.own import Own, Rhythm
from counterpoint.web.diary.own_forms import OWN_WORDS, OwnQuestionForm
from counterpoint.web.diary.own_models import OwnQuestion
from counterpoint.web.diary.own_services import TooManyError, add_question, end_question

SHOWN = {Rhythm.DAY: 28, Rhythm.WEEK: 12}
"""How many days or weeks a picture goes back."""
STEP = {Rhythm.DAY: 1, Rhythm.WEEK: 7}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own_questions(request: HttpRequest) -> HttpResponse:
    """Show the questions with their answers, and add one."""
    owner = cast(User, request.user)
    form, status = OwnQuestionForm(), 200
    said = current_content().phrase
    if request.method == "POST":
        form, status = OwnQuestionForm(request.POST), UNREADABLE
        if form.is_valid():
            data = form.cleaned_data
            chosen = "" if data["which"] == OWN_WORDS else data["which"]
            words = "" if chosen else data["words"]
            try:
                add_question(owner, data["rhythm"], item_id=chosen, words=words, key=form.key)
            except TooManyError:
                form.add_error(None, said("own.two"))
            else:
                return redirect("diary:own")
    current = own.current(owner)
    content = current_content()
    context = {
        "form": form,
        "current": [(one, _picture(owner, one)) for one in current],
        "ended": [(one, _picture(owner, one)) for one in own.ended(owner)],
        "has_room": len(current) < own.MOST or form.is_bound,
        "lead": said("own.lead"),
        "alone": said("own.alone"),
        "two": said("own.two"),
        "sealed": said("own.sealed"),
        "others": [
            (one, [content.sources[name].citation for name in one.sources])
            for one in content.sunday.others.values()
        ],
        "unreadable": said("safety.cannot_be_read"),
    }
    return render(request, "diary/own.html", context, status=status)


@signed_in
@require_POST
def end_own(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Stop asking a question."""
    row = get_own(OwnQuestion, request, pk=question_id)
    end_question(cast(User, request.user), row.pk)
    return redirect("diary:own")


def _picture(owner: User, question: Own) -> Picture | None:
    """Draw the newest answers, ``None`` before there is one.

    A question of the evening that is still asked is drawn up to today, so that gaps are seen.
    """
    answers = own.answers(owner, question)
    if not answers:
        return None
    last = max(answers)
    if question.rhythm is Rhythm.DAY and question.is_asked:
        last = max(last, clock.today(owner.zone))
    step = timedelta(days=STEP[question.rhythm])
    first = max(min(answers), last - step * (SHOWN[question.rhythm] - 1))
    days = [first + step * at for at in range((last - first) // step + 1)]
    return one_line(
        [(day_and_month(day), answers.get(day)) for day in days],
        title=question.prompt or current_content().phrase("safety.cannot_be_read"),
        ends=(question.low, question.high),
        key=question.field.replace("_", "-"),
        language=current_language(),
    )
