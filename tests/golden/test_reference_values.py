"""Published values of staffing formulas, each with where it was printed.

The large reference set is a benchmark (`python -m benchmarks.reference_values`); these are the few
that other people's documents vouch for, to the digits that those print.
"""

import pytest
from shiftcast.data.targets import QueueProfile, ServiceTarget
from shiftcast.scheduling.queueing.chat import balanced_chat
from shiftcast.scheduling.queueing.erlang import erlang_a, erlang_b, erlang_c
from shiftcast.scheduling.queueing.redials import erlang_a_with_redials
from shiftcast.scheduling.staffing.agents import agents_needed


@pytest.mark.parametrize(
    ("load", "lines", "digits"),
    [(8.108, 15, 5), (84.06, 100, 4)],
    ids=["erlang.com manual: 15 lines, 1 %", "Erlang B tables: 100 lines, 1 %"],
)
def test_erlang_b_tables(load: float, lines: int, digits: int) -> None:
    assert round(float(erlang_b(load, lines)), digits) == 0.01


def test_erlang_c_of_the_r_package() -> None:
    # R package ErlangC 0.1.0, README: 100 calls in 30 minutes, 180 s, 14 agents, 20 s.
    line = erlang_c(100 / 1800, 180.0, 14, 20.0)
    assert line.p_wait == pytest.approx(0.1741319, abs=5e-8)
    assert line.service_level() == pytest.approx(0.88835, abs=5e-6)
    assert line.asa_s == pytest.approx(7.83593701177724, abs=5e-13)


def test_erlang_c_of_call_center_tools() -> None:
    # call-center-tools 1.0.0, docstring of erlang_c(123, 132).
    assert erlang_c(1.23, 100.0, 132).p_wait == pytest.approx(0.3211161792617074, abs=2e-15)


def test_erlang_a_of_pyworkforce() -> None:
    # pyworkforce 0.5.4, documentation of ErlangA: 100 calls in 30 minutes, 3 minutes, patience
    # 5 minutes, 13 agents, 20 s; its answer time is the mean wait of all contacts, in minutes.
    line = erlang_a(100 / 1800, 180.0, 13, 300.0, 20.0)
    assert round(float(line.service_level()), 3) == 0.858
    assert round(float(line.abandonment), 3) == 0.025
    assert round(float(line.p_wait), 3) == 0.226
    assert round(float(line.mean_wait_s) / 60, 3) == 0.125
    assert round(10 * float(line.answered) / 13, 3) == 0.750


def test_erlang_c_and_a_of_the_telephone_call_centers_tutorial() -> None:
    # Gans, Koole and Mandelbaum, MSOM 5(2), 2003, section 4 (with Garnett): 48 calls a minute of
    # one minute, 50 agents; then with a mean patience of two minutes.
    patient = erlang_c(0.8, 60.0, 50)
    assert round(float(patient.asa_s), 1) == 20.8
    impatient = erlang_a(0.8, 60.0, 50, 120.0)
    assert round(float(impatient.abandonment), 3) == 0.031
    assert round(float(impatient.mean_wait_s), 1) == 3.7
    assert round(48 * float(impatient.answered) / 50, 2) == 0.93


def test_erlang_a_staffs_below_the_load_if_nothing_else_is_asked() -> None:
    # Agents for 80/20 at 180 s patience and 300 s handle time, nothing else asked: 100, 195, 475
    # and 936 for 100, 200, 500 and 1,000 erlangs (an exact birth-death computation).
    target = ServiceTarget(service_level=0.8, within_s=20, max_occupancy=1.0, max_abandonment=1.0)
    profile = QueueProfile("phone", target=target, patience_s=180)
    for load, agents in ((100, 100), (200, 195), (500, 475), (1000, 936)):
        assert agents_needed(profile, load / 300, 300.0).least == agents


@pytest.mark.parametrize(
    ("agents", "chats_an_hour", "p_wait", "abandonment"),
    [(5, 108, 0.3038, 0.0881), (20, 432, 0.2257, 0.0334), (20, 396, 0.0722, 0.0093)],
)
def test_balanced_chat_from_first_principles(
    agents: int, chats_an_hour: int, p_wait: float, abandonment: float
) -> None:
    # 300, 390 and 480 s with one, two and three chats, patience 180 s; 50-digit arithmetic.
    line = balanced_chat(chats_an_hour / 3600, 300.0, agents, (1.0, 1.3, 1.6), 180.0).line
    assert round(float(line.p_wait), 4) == p_wait
    assert round(float(line.abandonment), 4) == abandonment


def test_redials_from_first_principles() -> None:
    # 10 erlangs on 10 agents, patience 180 s, half of those who give up call again.
    redials = erlang_a_with_redials(10 / 300, 300.0, 10, 180.0, 0.5)
    assert round(float(redials.rate_per_s) * 30, 5) == 1.10175
    assert round(float(redials.abandonment), 5) == 0.18471
    assert round(float(redials.lost), 5) == 0.10175
