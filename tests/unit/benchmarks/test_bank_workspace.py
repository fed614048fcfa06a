from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from shiftcast.data.readers.workspace import read_centre

from benchmarks.bank_workspace import BANKS, LARGE, SMALL, Bank, write_contacts, write_workspace


@pytest.mark.parametrize(("bank", "agents"), [(SMALL, 25), (LARGE, 300)])
def test_a_bank_is_a_workspace_without_errors(bank: Bank, agents: int, tmp_path: Path) -> None:
    folder = tmp_path / bank.name
    write_workspace(bank, folder)
    centre = read_centre(folder).centre
    assert len(centre.agents) == agents
    assert [queue.name for queue in centre.queues] == [bank.queue]
    assert centre.interval_min == bank.interval_min


@pytest.mark.parametrize("bank", BANKS.values(), ids=lambda bank: bank.name)
def test_the_weeks_follow_each_other_and_begin_as_the_centre_does(
    bank: Bank, tmp_path: Path
) -> None:
    folder = tmp_path / bank.name
    write_workspace(bank, folder)
    first, second = bank.weeks
    assert (second - first).days == 7
    assert first.weekday() == read_centre(folder).centre.first_weekday


def test_the_history_ends_on_the_eve_of_the_week(tmp_path: Path) -> None:
    stamps = pd.date_range("1999-08-14 23:00", periods=4, freq="30min")
    volumes = pd.DataFrame({"timestamp": stamps, "queue": "bank_total", "offered": [1, 2, 3, 4]})
    write_contacts(volumes, date(1999, 8, 15), tmp_path)
    written = (tmp_path / "contacts.csv").read_text().splitlines()
    assert written == [
        "timestamp,queue,offered",
        "1999-08-14 23:00,bank_total,1",
        "1999-08-14 23:30,bank_total,2",
    ]
