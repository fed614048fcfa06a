from datetime import date

import numpy as np

from benchmarks.bank_crew import draw_agents, draw_requests, draw_time_off

MONDAYS = (date(2003, 8, 4), date(2003, 8, 11))


def test_a_seed_draws_the_same_crew() -> None:
    first, again = (draw_agents(60, np.random.default_rng(3)) for _ in range(2))
    assert first == again
    assert first != draw_agents(60, np.random.default_rng(4))


def test_agents_have_names_and_ids_of_their_own() -> None:
    agents = draw_agents(300, np.random.default_rng(1))
    assert len({agent[0] for agent in agents}) == 300
    assert len({agent[1] for agent in agents}) == 300


def test_contracts_are_shared_out_as_said() -> None:
    contracts = [agent[3] for agent in draw_agents(100, np.random.default_rng(1))]
    assert {name: contracts.count(name) for name in set(contracts)} == {
        "full": 58,
        "long": 14,
        "part": 28,
    }


def test_nobody_is_away_twice_nor_asks_while_away() -> None:
    rng = np.random.default_rng(1)
    agents = draw_agents(300, rng)
    away = draw_time_off(agents, MONDAYS, rng)
    # A week: one in twenty on leave, one in fifty in training.
    assert len(away) == 2 * (300 // 20 + 300 // 50)
    assert len({row[0] for row in away}) == len(away)
    wishes = draw_requests(agents, away, MONDAYS, rng)
    assert not {row[0] for row in wishes} & {row[0] for row in away}


def test_only_those_with_a_day_to_spare_ask_for_a_day_off() -> None:
    rng = np.random.default_rng(1)
    agents = draw_agents(300, rng)
    contract = {agent[0]: agent[3] for agent in agents}
    wishes = draw_requests(agents, (), MONDAYS, rng)
    full = [kind for agent, _, kind, *_ in wishes if contract[agent] == "full"]
    others = [kind for agent, _, kind, *_ in wishes if contract[agent] != "full"]
    assert set(full) == {"start_from", "end_by"}
    assert set(others) == {"day_off"}
