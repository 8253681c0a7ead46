"""Pages of marks and questions."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from counterpoint.domain.signs import Sign
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import after, board, queries, rules, services
from counterpoint.web.assessment.forms import AnswerForm, MarkForm, read_tap
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.statuses import UNREADABLE

HEADINGS = {
    1: _("The first fifteen"),
    2: _("The next fifteen"),
    3: _("The last fifteen"),
}


@signed_in
@require_safe
def place(request: HttpRequest) -> HttpResponse:
    """Show the marks set so far, or lead to the first."""
    marks = queries.newest_marks(_person(request))
    if MarkKind.NOW not in marks:
        return redirect("assessment:mark", kind=MarkKind.NOW)
    context = {
        "marks": [marks[kind] for kind in MarkKind if kind in marks],
        "missing": [kind for kind in MarkKind if kind not in marks],
        "picture": board.picture_of(marks),
        "saved": current_content().phrase("mark.saved"),
    }
    return render(request, "assessment/place.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the plane and set one mark on it."""
    owner = _person(request)
    if kind not in MarkKind.values:
        raise Http404
    which = MarkKind(kind)
    marks = queries.newest_marks(owner)
    status = 200
    if request.method == "POST":
        form = MarkForm(request.POST)
        if form.is_valid():
            connection_points, self_points = form.points()
            services.place_mark(
                owner,
                which,
                connection_points=connection_points,
                self_points=self_points,
                key=form.key,
            )
            missing = board.next_kind(which, marks)
            if missing is None:
                return redirect("assessment:place")
            return redirect("assessment:mark", kind=missing)
        status = UNREADABLE
    else:
        form = MarkForm(place=marks[which].place if which in marks else None)
    content = current_content()
    context = {
        "kind": which,
        "number": list(MarkKind).index(which) + 1,
        "form": form,
        "near": form.tap("connection"),
        "myself": form.tap("self_"),
        "board": board.draw_board(which, {k: m for k, m in marks.items() if k != which}),
        "prompt": content.phrase(f"mark.{which.value}.prompt"),
        "reading": content.phrase("mark.reading"),
        "is_moving": which in marks,
    }
    return render(request, "assessment/mark.html", context, status=status)


@signed_in
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Open the sitting that is open today, or go on where it was left."""
    owner = _person(request)
    place = queries.sittings(owner).open_place
    if place is None:
        return redirect("assessment:questions_done")
    if place.round != rules.AGAIN:
        services.draw_order(owner, place)
    sitting = queries.sittings(owner).each[place]
    progress = sitting.progress
    content = current_content()
    context = {
        "questionnaire": content.questionnaire,
        "begins_again": place.round == rules.AGAIN and not progress.order,
        "lead": sitting.lead,
        "progress": progress,
        "how_far": content.phrase(
            "questionnaire.progress", answered=progress.said, left=progress.left
        ),
        "first": progress.next_item,
        **_left_out(owner),
    }
    return render(request, "assessment/questions.html", context)


@signed_in
@require_POST
def begin_again(request: HttpRequest) -> HttpResponse:
    """Begin the open sitting of the second round; until then the first answers can be changed."""
    owner = _person(request)
    place = queries.sittings(owner).open_place
    if place is None or place.round != rules.AGAIN:
        return redirect("assessment:questions")
    services.draw_order(owner, place)
    following = queries.sittings(owner).each[place].progress.next_item
    return redirect("assessment:question", item_id=following)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, item_id: str) -> HttpResponse:
    """Ask one item; each answer is kept at once."""
    owner = _person(request)
    sitting = _sitting_of(owner, item_id)
    progress = sitting.progress
    status = 200
    if request.method == "POST":
        form = AnswerForm(request.POST)
        skips = "skip" in request.POST
        if skips or form.is_valid():
            value = None if skips else form.cleaned_data["value"]
            services.answer_item(owner, item_id, value, round_=sitting.place.round)
            following = rules.next_after(progress.order, item_id, {*progress.answers, item_id})
            if following is None:
                return redirect("assessment:questions_done")
            return redirect("assessment:question", item_id=following)
        status = UNREADABLE
    else:
        form = AnswerForm(value=progress.answers.get(item_id))
    content = current_content()
    item = content.questionnaire.item(item_id)
    before, after = rules.neighbours(progress.order, item_id)
    context = {
        "questionnaire": content.questionnaire,
        "item": item,
        "sign": content.signs[item.sign],
        "form": form,
        "number": progress.order.index(item_id) + 1,
        "in_all": len(progress.order),
        "before": before,
        "after": after if after in progress.answers else None,
        "value": read_tap(form["value"].value()),
        "stem": content.phrase("questionnaire.stem", period=content.questionnaire.recall_period),
        "skip": content.phrase("questionnaire.skip"),
    }
    return render(request, "assessment/question.html", context, status=status)


@signed_in
@require_safe
def questions_done(request: HttpRequest) -> HttpResponse:
    """Show what was said, sentence by sentence; nothing is added up."""
    owner = _person(request)
    every = queries.sittings(owner)
    if not every.first.is_done:
        return redirect("assessment:questions")
    content = current_content()
    done = every.done()
    answered = sum(one.progress.said for one in done)
    sheets = [
        (
            HEADINGS[one.place.sitting],
            queries.sheet(one.progress),
            one == every.current(one.place.sitting),
        )
        for one in done
    ]
    context = {
        "questionnaire": content.questionnaire,
        "sentence": content.phrase(
            "questionnaire.done" if answered else "questionnaire.done_none",
            answered=answered,
            items=sum(len(one.progress.order) for one in done),
        ),
        "notes": after.notes_for(owner),
        "sheets": sheets,
        "has_safety_line": any(line.may_be_left_out for _, lines, _ in sheets for line in lines),
        "leave_out_words": content.phrase("safety_line.leave_out"),
        **_left_out(owner),
    }
    return render(request, "assessment/questions_done.html", context)


@signed_in
@require_POST
def leave_out(request: HttpRequest, sign: str) -> HttpResponse:
    """Leave a sign out."""
    owner = _person(request)
    services.leave_sign_out(owner, _sign_that_may_be_left_out(sign))
    return redirect("assessment:questions")


@signed_in
@require_POST
def take_in(request: HttpRequest, sign: str) -> HttpResponse:
    """Take a sign in again."""
    owner = _person(request)
    services.take_sign_in(owner, _sign_that_may_be_left_out(sign))
    return redirect("assessment:questions")


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _sitting_of(owner: User, item_id: str) -> queries.Sitting:
    """Return the sitting in which an item can be answered now; there is no page else."""
    numbers = {item.item_id: item.sitting for item in current_content().questionnaire.items}
    if item_id not in numbers:
        raise Http404
    every = queries.sittings(owner)
    sitting = every.current(numbers[item_id])
    if sitting is None and every.open_place == (1, numbers[item_id]):
        services.draw_order(owner, every.open_place)
        sitting = queries.sittings(owner).current(numbers[item_id])
    if sitting is None or item_id not in sitting.progress.order:
        raise Http404
    return sitting


def _left_out(owner: User) -> dict[str, Any]:
    content = current_content()
    signs = queries.left_out_signs(owner)
    return {
        "left_out": [content.signs[sign] for sign in Sign if sign in signs],
        "left_out_words": content.phrase("questionnaire.sign_left_out"),
    }


def _sign_that_may_be_left_out(text: str) -> Sign:
    if text not in list(Sign) or not current_content().signs[Sign(text)].safety_line:
        raise Http404
    return Sign(text)
