"""A server measures once at a time; who comes meanwhile gets that result, who comes soon after the last one."""

import threading

import pytest

from activations.experiments import cost
from pages.topics.cost.measurement import REST, SharedMeasurement


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    monkeypatch.setattr(cost, "_SAMPLE", 1000)
    monkeypatch.setattr(cost, "_ROW", 1000)


class Times:
    """A clock on the wall that a test sets, and one at work that passes half a second with each reading."""

    def __init__(self):
        self.wall, self.work = 1000.0, 0.0

    def clock(self):
        self.work += 0.5
        return self.work

    def now(self):
        return self.wall

    def rest(self, seconds):
        self.wall += seconds


@pytest.fixture
def times():
    return Times()


@pytest.fixture
def shared(times):
    return SharedMeasurement(times.clock, times.now, times.rest)


def test_progress_is_reported_up_to_the_end_and_the_result_is_dated(shared, times):
    progress = []
    shared.request(progress.append)
    assert progress == sorted(progress)
    assert 0 < progress[-1] <= 1
    assert shared.last.at == times.wall
    assert shared.last.timings.spent >= cost.BUDGET - 0.5
    assert shared.share == 0


def test_a_new_result_serves_whoever_comes_soon_after(shared, times):
    shared.request(lambda share: None)
    first = shared.last
    times.wall += REST
    shared.request(pytest.fail)
    assert shared.last is first
    assert shared.age(first) == REST
    times.wall += 1
    shared.request(lambda share: None)
    assert shared.last is not first
    assert shared.age(shared.last) == 0


def test_within_half_a_minute_a_press_measures_again(shared, times):
    shared.request(lambda share: None)
    first = shared.last
    times.wall += 30
    shared.request(lambda share: None)
    assert shared.last is not first


def test_who_comes_meanwhile_waits_for_the_same_result(times):
    started, looked, progress = threading.Event(), threading.Event(), []
    shared = SharedMeasurement(times.clock, times.now, lambda seconds: looked.set())

    def slow(share):
        started.set()
        assert looked.wait(10)

    first = threading.Thread(target=shared.request, args=(slow,))
    first.start()
    assert started.wait(10)
    before = times.work
    shared.request(progress.append)
    first.join(10)
    assert progress, "the other one's progress is shown"
    assert shared.last is not None
    assert times.work - before <= 1, "measured twice"


def test_nobody_waits_for_ever(shared, times):
    shared._busy.acquire()
    begun = times.wall
    shared.request(lambda share: None)
    assert 10 < times.wall - begun < 20
    assert shared.last is None


def test_a_visitor_who_leaves_does_not_keep_the_others_out(shared):
    def leave(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shared.request(leave)
    assert shared.last is None
    shared.request(lambda share: None)
    assert shared.last is not None
