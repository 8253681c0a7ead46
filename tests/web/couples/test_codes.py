"""Codes to hand over; no database."""

from __future__ import annotations

import re
import uuid

from counterpoint.web.couples import codes

OWNER, KEY = uuid.UUID(int=1), uuid.UUID(int=2)


def test_a_code_is_128_bits_in_groups_without_letters_that_look_like_digits() -> None:
    code = codes.code_of("secret", OWNER, KEY)
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]", code)
    assert len(code.replace("-", "")) * 5 >= 128


def test_a_code_belongs_to_one_page_of_one_person_on_one_site() -> None:
    other = uuid.UUID(int=3)
    made = {
        codes.code_of("secret", OWNER, KEY),
        codes.code_of("another", OWNER, KEY),
        codes.code_of("secret", other, KEY),
        codes.code_of("secret", OWNER, other),
    }
    assert len(made) == 4
    assert codes.code_of("secret", OWNER, KEY) in made


def test_a_code_is_read_however_it_is_typed() -> None:
    code = "7Q2M9-0ABC1-DEFGH-JKMNP-QRSTV-W"
    kept = codes.hash_of(code)
    assert len(kept) == 64
    assert codes.hash_of(" 7q2m9 0abc1 defgh jkmnp qrstv w ") == kept
    assert codes.hash_of("7Q2M9-oABCl-DEFGH-JKMNP-QRSTV-W") == kept
    assert codes.hash_of("7Q2M9-0ABCI-DEFGH-JKMNP-QRSTV-W") == kept
    assert codes.hash_of("7Q2M9-0ABC1-DEFGH-JKMNP-QRSTV-X") != kept
    assert code not in kept


def test_letters_of_every_size_of_alphabet_are_refused_quietly() -> None:
    assert codes.hash_of("") != codes.hash_of("0")
    assert len(codes.hash_of("ﬃ\ud800".encode("utf-8", "replace").decode())) == 64


def test_two_people_about_to_join_read_the_same_number() -> None:
    number = codes.check_number(OWNER)
    assert re.fullmatch(r"\d{3} \d{3}", number)
    assert codes.check_number(OWNER) == number
    assert codes.check_number(KEY) != number
