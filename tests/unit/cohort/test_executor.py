"""Whoever works on a cohort, and however often it is interrupted: the same bits."""

from __future__ import annotations

import dataclasses
import warnings
from contextlib import ExitStack

import pytest

from cohort_cases import assert_same, spooled, write_cohort
from counterpoint.cohort.checkpoint_codec import encode_results
from counterpoint.cohort.executor import open_executor
from counterpoint.cohort.executor_tasks import Chains
from counterpoint.cohort.population_learning import fit_run, learn_cohort
from counterpoint.engine import shipped_prior
from counterpoint.errors import DataError
from engine_cases import require_compiled

BASE = shipped_prior(2, own_items=True)
ROUNDS = 12
CHAINS = Chains(sweeps=60, dropped=0, seed=0, backend="compiled")


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch):
    require_compiled()
    monkeypatch.setattr("counterpoint.cohort.checkpoint_blocks.BLOCK_COUPLES", 2)


@pytest.fixture
def diary(tmp_path):
    return write_cohort(tmp_path, couples=5)


def work(run, rounds=ROUNDS, watch=lambda _: None, **executor):
    """Learn, go on with the chains, and fit afresh as well."""
    with open_executor(**executor) as worker:
        learned = learn_cohort(
            run, worker, base=BASE, rounds=rounds, backend="compiled", watch=watch
        )
        population = learned.learning.population
        fits = list(fit_run(run, worker, population=population, chains=CHAINS, learned=learned))
        fresh = list(
            fit_run(
                spooled_again(run),
                worker,
                population=population,
                chains=dataclasses.replace(CHAINS, dropped=20),
            )
        )
    return population, encode_results(fits), encode_results(fresh)


def spooled_again(run):
    """The same couples without the fits that were written down."""
    return type(run)(run._folder, keeps=False) if not run.keeps else _without_fits(run)


def _without_fits(run):
    for file in run._folder.glob("fits-*.json"):
        file.unlink()
    return type(run)(run._folder, keeps=False)


@pytest.fixture
def serial(tmp_path, diary):
    return work(spooled(tmp_path / "serial", diary), workers=1)


def assert_equal(one, other):
    assert_same(one[0], other[0])
    assert one[1:] == other[1:]


def test_threads_give_the_same_bits(tmp_path, diary, serial):
    assert_equal(work(spooled(tmp_path / "threads", diary)), serial)


def test_processes_give_the_same_bits(tmp_path, diary, serial):
    assert_equal(work(spooled(tmp_path / "processes", diary), workers=2), serial)


def test_a_dask_cluster_of_two_workers_gives_the_same_bits(tmp_path, diary, serial):
    with warnings.catch_warnings(), ExitStack() as stack:
        # Dask's own sockets and event loops are collected late when its cluster closes
        warnings.simplefilter("ignore", ResourceWarning)
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="distributed|tornado")
        from distributed import LocalCluster

        cluster = stack.enter_context(
            LocalCluster(
                n_workers=2,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
            )
        )
        run = spooled(tmp_path / "dask", diary, keeps=True)
        assert_equal(work(run, scheduler=cluster.scheduler_address), serial)
        with open_executor(scheduler=cluster.scheduler_address) as worker:
            assert worker.width == 2


class KilledError(Exception):
    """Stands for whatever ends a process."""


@pytest.mark.parametrize("fatal", [1, 7, 11])
def test_a_run_that_ends_in_the_midst_of_learning_is_gone_on_with(tmp_path, diary, serial, fatal):
    run = spooled(tmp_path / "run", diary, keeps=True)

    def watch(learning):
        if learning.rounds_done == fatal:
            raise KilledError

    with pytest.raises(KilledError):
        work(run, watch=watch, workers=1)
    seen = []
    again = work(run, watch=lambda learning: seen.append(learning.rounds_done))
    assert seen == list(range(fatal, ROUNDS + 1))
    assert_equal(again, serial)


def test_a_run_that_ends_in_the_midst_of_fitting_makes_no_fit_twice(tmp_path, diary, serial):
    run = spooled(tmp_path / "run", diary, keeps=True)
    with open_executor(workers=1) as worker:
        learned = learn_cohort(run, worker, base=BASE, rounds=ROUNDS, backend="compiled")
        population = learned.learning.population
        half = fit_run(run, worker, population=population, chains=CHAINS, learned=learned)
        next(half)
        half.close()
        done = sorted(file.name for file in run._folder.glob("fits-*.json"))
        assert done == ["fits-000000.json"]
        before = (run._folder / done[0]).stat().st_mtime_ns
        fits = list(fit_run(run, worker, population=population, chains=CHAINS, learned=learned))
    assert (run._folder / done[0]).stat().st_mtime_ns == before
    assert encode_results(fits) == serial[1]


def test_a_planted_difference_is_seen(tmp_path, diary, serial):
    """The comparison would notice one sweep more."""
    with open_executor(workers=1) as worker:
        run = spooled(tmp_path / "other", diary)
        learned = learn_cohort(run, worker, base=BASE, rounds=ROUNDS + 1, backend="compiled")
    with pytest.raises(AssertionError):
        assert_same(learned.learning.population, serial[0])


def test_a_cluster_that_is_not_there_is_said_kindly(monkeypatch):
    monkeypatch.setattr("counterpoint.cohort.executor_dask.CONNECT_SECONDS", 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Dask's own, of what it could not open
        with (
            pytest.raises(DataError, match="no Dask scheduler answers"),
            open_executor(scheduler="tcp://127.0.0.1:9"),
        ):
            pass


def test_workers_and_scheduler_exclude_each_other():
    with (
        pytest.raises(DataError, match="not both"),
        open_executor(workers=2, scheduler="tcp://127.0.0.1:9"),
    ):
        pass
