"""What the simulated people of the demo said about the signs: three sittings, one of them twice."""

from __future__ import annotations

import random
from datetime import timedelta

from counterpoint.content import load_content
from counterpoint.domain.signs import Sign
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import rules, services
from counterpoint.web.core import clock

FIRST_ANSWERS_DAYS_AGO = 75
AGAIN_DAYS_AGO = 4


def answer_questions(person: User, chance: random.Random, *, again: bool) -> None:
    """Answer all three sittings in the first week; of one of them, again ten weeks later."""
    questionnaire = load_content().questionnaire
    usual = {sign: chance.uniform(0.6, 3.4) for sign in Sign}
    skipped = chance.choice(questionnaire.in_sitting(1)).item_id
    highest = questionnaire.response_options[-1].value
    for round_, start in ((1, FIRST_ANSWERS_DAYS_AGO), (2, AGAIN_DAYS_AGO))[: 2 if again else 1]:
        if round_ == rules.AGAIN:
            usual = {
                sign: level + chance.choice((-1.0, 0.0, 0.0, 0.6)) for sign, level in usual.items()
            }
        for sitting in rules.SITTINGS:
            place = rules.Place(round_, sitting)
            services.draw_order(person, place)
            at = clock.now() - timedelta(days=start - sitting)
            for item in questionnaire.in_sitting(sitting):
                level = min(highest, max(0, round(chance.gauss(usual[item.sign], 0.7))))
                value = highest - level if item.reverse_keyed else level
                services.answer_item(
                    person,
                    item.item_id,
                    None if item.item_id == skipped else value,
                    round_=round_,
                    answered_at=at,
                )
