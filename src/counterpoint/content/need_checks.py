"""The rules of the need builder: four parts, and examples that mark and spare what they say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from counterpoint.content.needs import KINDS, NeedWord
from counterpoint.content.schema import Content

_PARTS = ("observation", "feeling", "need", "request")


def needs_broken(content: Content) -> Iterator[str]:
    """Yield what is wrong with the need builder, one sentence a problem."""
    builder = content.needs
    if tuple(builder.parts) != _PARTS:
        yield f"needs: the parts are {', '.join(_PARTS)}, in this order"
    for kind in KINDS:
        if not any(word.kind == kind for word in builder.words.values()):
            yield f"needs: nothing is marked that is a {kind}"
    for word in builder.words.values():
        for problem in _word(word):
            yield f"needs.{word.word_id}: {problem}"
    for name, groups in (("feelings", builder.feelings), ("needs", builder.needs)):
        words = list(chain.from_iterable(group.words for group in groups))
        for one in sorted({one for one in words if words.count(one) > 1}):
            yield f"needs: {one!r} is there twice among the {name}"
    offered = chain.from_iterable(group.words for group in builder.feelings)
    examples = {"feeling": list(offered)}
    for part_id, part in builder.parts.items():
        for example in (part.example, *examples.get(part_id, ())):
            if builder.marks_in(example, part_id):
                yield f"needs: {example!r} is offered as {part_id} and marked"


def _word(word: NeedWord) -> Iterator[str]:
    if "{word}" not in word.hint:
        yield "the hint holds what the writer wrote"
    for part in word.parts:
        if part not in _PARTS:
            yield f"there is no part {part!r}"
    for example in word.marks:
        if not word.pattern.search(example):
            yield f"does not mark {example!r}"
    for example in word.spares:
        if word.pattern.search(example):
            yield f"marks {example!r}"
