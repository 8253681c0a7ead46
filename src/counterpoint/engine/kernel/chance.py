"""The kernel's own random numbers: those of the compiler's generator, drawn many at a time.

``words``, whole numbers of shape (WORDS + 2,), are the generator: its words, at PLACE which uniform
comes next, and at WAITS whether the second of the last pair of normals waits for its turn.
``chance``, shape (CHANCE + 3 pairs,), holds the uniforms made of the words, at SECOND that normal,
then room for as many pairs as are drawn at once. A chain owns both: its numbers depend on no
thread.

The stream is that of ``numpy.random.seed`` and ``numpy.random`` inside compiled code, bit for bit
(tests/unit/engine/test_chance.py). Six times as fast, since words are made 624 at once, and
normals and their logarithms in plain loops. Small functions called number by number would lose
that again: each call counts the references to both arrays up and down.

References
----------
Matsumoto and Nishimura (1998), ACM Transactions on Modeling and Computer Simulation 8(1): MT19937.
Marsaglia and Bray (1964), SIAM Review 6(3): normals in pairs.
Cheng (1977), Applied Statistics 26(1): gammas with a shape above 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from counterpoint.engine.kernel.algebra import inner

WORDS = 624
SHIFT = 397
UNIFORMS = WORDS // 2
PLACE = WORDS
WAITS = WORDS + 1
SECOND = UNIFORMS
CHANCE = UNIFORMS + 1


@inner
def seed_chance(words: Any, seed: int) -> None:
    """Begin the stream of a seed, 0 to 2**32 - 1."""
    word = seed
    for i in range(WORDS):
        words[i] = word
        word = (1812433253 * (word ^ (word >> 30)) + i + 1) & 0xFFFFFFFF
    words[PLACE] = UNIFORMS
    words[WAITS] = 0


@inner
def make_uniforms(words: Any, chance: Any) -> None:
    """Take the generator 624 words on and put two words each into uniforms on [0, 1)."""
    for i in range(WORDS - SHIFT):
        y = (words[i] & 0x80000000) | (words[i + 1] & 0x7FFFFFFF)
        words[i] = words[i + SHIFT] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF)
    for i in range(WORDS - SHIFT, WORDS - 1):
        y = (words[i] & 0x80000000) | (words[i + 1] & 0x7FFFFFFF)
        words[i] = words[i + SHIFT - WORDS] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF)
    y = (words[WORDS - 1] & 0x80000000) | (words[0] & 0x7FFFFFFF)
    words[WORDS - 1] = words[SHIFT - 1] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF)
    for i in range(UNIFORMS):
        high = words[2 * i]
        low = words[2 * i + 1]
        high ^= high >> 11
        low ^= low >> 11
        high ^= (high << 7) & 0x9D2C5680
        low ^= (low << 7) & 0x9D2C5680
        high ^= (high << 15) & 0xEFC60000
        low ^= (low << 15) & 0xEFC60000
        high ^= high >> 18
        low ^= low >> 18
        chance[i] = ((high >> 5) * 67108864 + (low >> 6)) * (1.0 / 9007199254740992.0)


@inner
def draw_uniform(words: Any, chance: Any) -> Any:
    """Draw from [0, 1)."""
    place = words[PLACE]
    if place == UNIFORMS:
        make_uniforms(words, chance)
        place = 0
    words[PLACE] = place + 1
    return chance[place]


@inner
def draw_standard_normal(words: Any, chance: Any) -> Any:
    """Draw a standard normal; they come in pairs, the second waits for its turn."""
    if words[WAITS] == 1:
        words[WAITS] = 0
        return chance[SECOND]
    r2 = 0.0
    x1 = 0.0
    x2 = 0.0
    while r2 >= 1.0 or r2 == 0.0:
        x1 = 2.0 * draw_uniform(words, chance) - 1.0
        x2 = 2.0 * draw_uniform(words, chance) - 1.0
        r2 = x1 * x1 + x2 * x2
    f = np.sqrt(-2.0 * np.log(r2) / r2)
    chance[SECOND] = f * x1
    words[WAITS] = 1
    return f * x2


@inner
def fill_standard_normals(words: Any, chance: Any, out: Any) -> None:
    """Draw a standard normal for every place of a flat array.

    Pairs are tried without a branch that would have to be guessed: a rejected one is written over.
    """
    n = out.shape[0]
    begin = 0
    if n > 0 and words[WAITS] == 1:
        out[0] = chance[SECOND]
        words[WAITS] = 0
        begin = 1
    pairs = (n - begin + 1) // 2
    first = CHANCE
    second = first + pairs
    square = second + pairs
    found = 0
    place = words[PLACE]
    while found < pairs:
        while found < pairs and place + 1 < UNIFORMS:
            x1 = 2.0 * chance[place] - 1.0
            x2 = 2.0 * chance[place + 1] - 1.0
            place += 2
            r2 = x1 * x1 + x2 * x2
            chance[first + found] = x1
            chance[second + found] = x2
            chance[square + found] = r2
            found += int(r2 < 1.0) & int(r2 != 0.0)
        if found < pairs:
            # one uniform may be left over, for a gamma takes them in other numbers
            left = chance[UNIFORMS - 1]
            over = UNIFORMS - place
            make_uniforms(words, chance)
            place = 0
            if over == 1:
                x1 = 2.0 * left - 1.0
                x2 = 2.0 * chance[0] - 1.0
                place = 1
                r2 = x1 * x1 + x2 * x2
                chance[first + found] = x1
                chance[second + found] = x2
                chance[square + found] = r2
                found += int(r2 < 1.0) & int(r2 != 0.0)
    words[PLACE] = place
    for q in range(pairs):
        r2 = chance[square + q]
        chance[square + q] = np.sqrt(-2.0 * np.log(r2) / r2)
    for q in range((n - begin) // 2):
        out[begin + 2 * q] = chance[square + q] * chance[second + q]
        out[begin + 2 * q + 1] = chance[square + q] * chance[first + q]
    if (n - begin) % 2 == 1:
        out[n - 1] = chance[square + pairs - 1] * chance[second + pairs - 1]
        chance[SECOND] = chance[square + pairs - 1] * chance[first + pairs - 1]
        words[WAITS] = 1


@inner
def draw_standard_exponential(words: Any, chance: Any) -> Any:
    """Draw from the exponential law with mean 1."""
    return -np.log(1.0 - draw_uniform(words, chance))


@inner
def fill_gammas_and_normals(words: Any, chance: Any, shapes: Any, out: Any) -> None:
    """Draw one number for each place of a flat array, one after another.

    A gamma of scale 1 where ``shapes`` has its shape, above 1; a standard normal where it has 0.
    """
    log_4 = np.log(4.0)
    magic = 1.0 + np.log(4.5)
    place = words[PLACE]
    waits = words[WAITS]
    second = chance[SECOND]
    for n in range(out.shape[0]):
        shape = shapes[n]
        if shape == 0.0 and waits == 1:
            out[n] = second
            waits = 0
            continue
        spread = np.sqrt(2.0 * shape - 1.0) if shape > 0.0 else 0.0
        while True:
            if place == UNIFORMS:
                make_uniforms(words, chance)
                place = 0
            u = chance[place]
            place += 1
            if shape > 0.0 and (u <= 1e-7 or u >= 0.9999999):
                continue
            if place == UNIFORMS:
                make_uniforms(words, chance)
                place = 0
            w = chance[place]
            place += 1
            if shape > 0.0:
                w = 1.0 - w
                v = np.log(u / (1.0 - u)) / spread
                x = shape * np.exp(v)
                z = u * u * w
                r = shape - log_4 + (shape + spread) * v - x
                if r + magic - 4.5 * z >= 0.0 or r >= np.log(z):
                    out[n] = x
                    break
            else:
                u = 2.0 * u - 1.0
                w = 2.0 * w - 1.0
                r = u * u + w * w
                if r < 1.0 and r != 0.0:
                    f = np.sqrt(-2.0 * np.log(r) / r)
                    out[n] = f * w
                    second = f * u
                    waits = 1
                    break
    words[PLACE] = place
    words[WAITS] = waits
    chance[SECOND] = second
