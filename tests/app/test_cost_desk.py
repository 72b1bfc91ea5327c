"""A server measures once at a time; who comes meanwhile gets that result, who comes soon after the last one."""

import threading

import pytest

from activations.experiments import cost
from pages.topics.cost.desk import REST, Desk


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
def desk(times):
    return Desk(times.clock, times.now, times.rest)


def test_progress_is_reported_up_to_the_end_and_the_result_is_dated(desk, times):
    progress = []
    desk.ask(progress.append)
    assert progress == sorted(progress)
    assert 0 < progress[-1] <= 1
    assert desk.last.at == times.wall
    assert desk.last.timings.spent >= cost.BUDGET - 0.5
    assert desk.share == 0


def test_a_new_result_serves_whoever_comes_soon_after(desk, times):
    desk.ask(lambda share: None)
    first = desk.last
    times.wall += REST
    desk.ask(pytest.fail)
    assert desk.last is first
    assert desk.age(first) == REST
    times.wall += 1
    desk.ask(lambda share: None)
    assert desk.last is not first
    assert desk.age(desk.last) == 0


def test_within_half_a_minute_a_press_measures_again(desk, times):
    desk.ask(lambda share: None)
    first = desk.last
    times.wall += 30
    desk.ask(lambda share: None)
    assert desk.last is not first


def test_who_comes_meanwhile_waits_for_the_same_result(times):
    started, looked, progress = threading.Event(), threading.Event(), []
    desk = Desk(times.clock, times.now, lambda seconds: looked.set())

    def slow(share):
        started.set()
        assert looked.wait(10)

    first = threading.Thread(target=desk.ask, args=(slow,))
    first.start()
    assert started.wait(10)
    before = times.work
    desk.ask(progress.append)
    first.join(10)
    assert progress, "the other one's progress is shown"
    assert desk.last is not None
    assert times.work - before <= 1, "measured twice"


def test_nobody_waits_for_ever(desk, times):
    desk._busy.acquire()
    begun = times.wall
    desk.ask(lambda share: None)
    assert 10 < times.wall - begun < 20
    assert desk.last is None


def test_a_visitor_who_leaves_does_not_keep_the_others_out(desk):
    def leave(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.ask(leave)
    assert desk.last is None
    desk.ask(lambda share: None)
    assert desk.last is not None
