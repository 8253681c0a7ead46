"""A run on its way: written down exactly, marked unfinished, and only its own."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from cohort_cases import LAYOUT, assert_same, write_cohort
from counterpoint.cohort.checkpoint import MARK, digest_of, open_run
from counterpoint.cohort.checkpoint_blocks import BLOCK_COUPLES, in_blocks, read_block, write_block
from counterpoint.cohort.checkpoint_codec import decode_results, encode_results
from counterpoint.cohort.executor_tasks import Chains, fit_block
from counterpoint.cohort.extras import Asked
from counterpoint.cohort.table import read_diaries
from counterpoint.engine import shipped_prior
from counterpoint.errors import DataError


@pytest.fixture
def diary(tmp_path):
    return write_cohort(tmp_path, couples=3)


def test_a_block_comes_back_as_it_was(tmp_path, diary):
    couples = list(read_diaries(diary, LAYOUT))
    (block,) = in_blocks(couples, seed=4)
    write_block(tmp_path / "block.npz", block)
    back = read_block(tmp_path / "block.npz")
    assert_same(back.diaries, block.diaries)
    for one, other in zip(back.couple_days(), couples, strict=True):
        assert (one.couple, one.members, one.days) == (other.couple, other.members, other.days)
        np.testing.assert_array_equal(one.diary.items, other.diary.items)
        assert one.diary.fingerprint() == other.diary.fingerprint()


def test_a_block_knows_where_a_scale_ends(tmp_path, diary):
    couples = list(read_diaries(diary, replace(LAYOUT, has_ends=True)))
    assert any(np.any(couple.diary.beyond) for couple in couples)
    (block,) = in_blocks(couples, seed=4)
    write_block(tmp_path / "block.npz", block)
    for one, other in zip(read_block(tmp_path / "block.npz").couple_days(), couples, strict=True):
        assert one.diary.ends == other.diary.ends
        np.testing.assert_array_equal(one.diary.beyond, other.diary.beyond)
        np.testing.assert_array_equal(
            one.diary.items, np.clip(other.diary.items, *other.diary.ends)
        )


def test_couples_are_put_into_blocks_in_their_order(diary, monkeypatch):
    monkeypatch.setattr("counterpoint.cohort.checkpoint_blocks.BLOCK_COUPLES", 2)
    blocks = list(in_blocks(read_diaries(diary, LAYOUT), seed=0))
    assert [block.couples for block in blocks] == [("c1", "c2"), ("c3",)]
    assert BLOCK_COUPLES == 50


def test_fits_come_back_to_the_last_bit(diary):
    (block,) = in_blocks(read_diaries(diary, LAYOUT), seed=0)
    chains = Chains(sweeps=60, dropped=10, seed=0, backend="portable")
    fits = fit_block(block, shipped_prior(2, own_items=True), chains)
    back = decode_results(encode_results(fits))
    assert encode_results(back) == encode_results(fits)
    for one, other in zip(back, fits, strict=True):
        np.testing.assert_array_equal(one.mean, other.mean)
        assert one.mean.dtype == other.mean.dtype
        assert one.answered.dtype == bool
        assert one.answers == other.answers
        assert one.places == other.places
        np.testing.assert_array_equal(one.diagnostics.prior_ratio, other.diagnostics.prior_ratio)


def test_chains_draws_and_roles_come_back_to_the_last_bit(diary):
    (block,) = in_blocks(read_diaries(diary, LAYOUT), seed=0)
    asked = Asked(chains=2, draws=7, roles=True)
    chains = Chains(sweeps=60, dropped=10, seed=0, backend="portable", asked=asked)
    fits = fit_block(block, shipped_prior(2, own_items=True), chains)
    back = decode_results(encode_results(fits))
    for one, other in zip(back, fits, strict=True):
        for part in ("agreement", "draws", "roles"):
            assert_same(getattr(one.extras, part), getattr(other.extras, part))
        assert one.extras.draws.values.shape == (7, len(one.extras.draws.names))
        assert one.extras.draws.values.dtype == np.float32
        assert one.extras.agreement.names == other.extras.agreement.names
        assert one.extras.roles.cov.shape == (10, 10)


def test_a_run_that_is_not_kept_leaves_nothing(tmp_path, diary):
    before = sorted(tmp_path.iterdir())
    with open_run(tmp_path / "out", resume=False, key={}) as run:
        run.spool(read_diaries(diary, LAYOUT), seed=0, facts={})
        assert run.facts() == {"blocks": 1, "couples": 3, "calendar_days": 36}
        assert not run.keeps
    assert sorted(tmp_path.iterdir()) == before


class KilledError(Exception):
    """Stands for whatever ends a process."""


def left(out, key, diary=None):
    """Leave a run behind."""
    with suppress(KilledError), open_run(out, resume=True, key=key) as run:
        if diary is not None:
            run.spool(read_diaries(diary, LAYOUT), seed=0, facts={"items": 2})
        raise KilledError


def test_a_run_that_was_left_is_marked_and_gone_on_with(tmp_path, diary):
    out = tmp_path / "out"
    left(out, {"sweeps": 5}, diary)
    folder = tmp_path / "out.unfinished"
    assert "Nothing in this folder is a result" in (folder / MARK).read_text()
    assert not out.exists()
    with open_run(out, resume=True, key={"sweeps": 5}) as run:
        assert run.is_spooled
        assert run.facts()["items"] == 2
    assert not folder.exists()


def test_what_was_settled_stays_settled(tmp_path):
    out = tmp_path / "out"
    with open_run(out, resume=True, key={}) as run:
        assert run.settled("sampler", lambda: "compiled") == "compiled"
        assert run.settled("sampler", lambda: "portable") == "compiled"


def test_a_run_begun_otherwise_is_refused(tmp_path):
    out = tmp_path / "out"
    left(out, {"sweeps": 5, "seed": 1})
    with (
        pytest.raises(DataError, match="begun with another seed, sweeps"),
        open_run(out, resume=True, key={"sweeps": 6, "seed": 2}),
    ):
        pass
    assert (tmp_path / "out.unfinished" / MARK).is_file()


def test_a_folder_of_somebody_else_is_never_touched(tmp_path):
    folder = tmp_path / "out.unfinished"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    with (
        pytest.raises(DataError, match="holds other things"),
        open_run(tmp_path / "out", resume=True, key={}),
    ):
        pass
    assert (folder / "thesis.txt").read_text() == "years of work"


def test_two_commands_do_not_work_on_one_run(tmp_path):
    out = tmp_path / "out"
    with open_run(out, resume=True, key={}) as run:
        assert run.keeps
        with (
            pytest.raises(DataError, match="another command is at work"),
            open_run(out, resume=True, key={}),
        ):
            pass
        assert (tmp_path / "out.unfinished" / MARK).is_file()


def test_couples_that_cannot_be_read_leave_no_run_behind(tmp_path, diary):
    text = diary.read_text().splitlines()
    diary.write_text("\n".join([*text, text[-1]]) + "\n")
    with (
        pytest.raises(DataError, match="twice"),
        open_run(tmp_path / "out", resume=True, key={}) as run,
    ):
        run.spool(read_diaries(diary, LAYOUT), seed=0, facts={})
    assert not (tmp_path / "out.unfinished").exists()


def test_a_run_whose_couples_were_not_all_read_reads_them_again(tmp_path):
    out = tmp_path / "out"
    left(out, {})
    with open_run(out, resume=True, key={}) as run:
        assert not run.is_spooled


def test_a_digest_tells_files_apart(tmp_path, diary):
    first = digest_of(diary)
    assert first == digest_of(diary)
    diary.write_text(diary.read_text() + "\n")
    assert digest_of(diary) != first
    with pytest.raises(DataError, match="cannot be opened"):
        digest_of(tmp_path / "none.csv")


def test_a_key_is_kept_as_text(tmp_path):
    out = tmp_path / "out"
    left(out, {"learn": None, "sweeps": 500})
    told = json.loads((tmp_path / "out.unfinished" / "run.json").read_text())
    assert told == {"learn": None, "sweeps": 500}
