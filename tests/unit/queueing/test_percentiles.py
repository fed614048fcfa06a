"""The wait that a share of contacts does not exceed."""

import numpy as np
import pytest
from shiftcast.data.targets import Channel, QueueProfile, ServiceTarget
from shiftcast.scheduling.queueing.percentiles import wait_percentile
from shiftcast.scheduling.queueing.performance import performance

AT_MOST = ServiceTarget(max_wait_s=1.0)


def test_published_percentiles() -> None:
    # Gans, Koole and Mandelbaum 2003, section 4: 48 calls a minute of a minute, 50 agents. The
    # 90th percentile is 58.1 s if all are patient, 12.5 s if they wait for two minutes.
    assert wait_percentile(QueueProfile("q"), 0.8, 60.0, 50) == pytest.approx(58.1, abs=0.05)
    impatient = QueueProfile("q", patience_s=120.0)
    assert wait_percentile(impatient, 0.8, 60.0, 50) == pytest.approx(12.5, abs=0.06)


@pytest.mark.parametrize(
    "profile",
    [
        QueueProfile("patient"),
        QueueProfile("impatient", patience_s=90.0),
        QueueProfile("lines", lines=60),
        QueueProfile("both", lines=60, patience_s=90.0),
        QueueProfile("again", patience_s=90.0, redial_share=0.5),
        QueueProfile("chat", Channel.CHAT, patience_s=90.0, aht_by_concurrency=(1.0, 1.2)),
        QueueProfile("calm chat", Channel.CHAT, aht_by_concurrency=(1.0, 1.2)),
    ],
    ids=lambda profile: profile.name,
)
def test_it_inverts_the_distribution_of_the_wait(profile: QueueProfile) -> None:
    share = np.array([0.5, 0.9, 0.99])
    agents = 31 if profile.channel is Channel.CHAT else 50
    wait = wait_percentile(profile, 0.8, 60.0, agents, share)
    assert (np.diff(wait) > 0).all()
    for seconds, part in zip(wait[1:], share[1:], strict=True):
        target = ServiceTarget(max_wait_s=float(seconds))
        asked = QueueProfile(**{**vars(profile), "target": target})
        assert performance(asked, 0.8, 60.0, agents).wait_within == pytest.approx(part, rel=1e-9)


def test_edges() -> None:
    profile = QueueProfile("q")
    waits = wait_percentile(profile, np.array([0.0, 0.8, 0.8]), 60.0, np.array([0, 40, 70]))
    assert waits.tolist() == [0.0, np.inf, 0.0]  # nobody calls, too few agents, hardly a wait
    impatient = QueueProfile("q", patience_s=60.0)
    # Without agents everybody waits as long as its patience: 90 % at most 60 ln 10 s.
    assert wait_percentile(impatient, 0.1, 60.0, 0) == pytest.approx(60 * np.log(10))


@pytest.mark.parametrize("load", [0.01, 50_000.0])
@pytest.mark.parametrize("patience", [0.01, 1e6])
def test_extremes_stay_numbers_in_order(load: float, patience: float) -> None:
    agents = np.ceil(load * np.array([0.5, 1.0, 1.02, 3.0]))
    waits = wait_percentile(QueueProfile("q", patience_s=patience), load / 300, 300.0, agents)
    assert np.isfinite(waits).all()
    assert (np.diff(waits) <= 1e-9 * waits[:-1]).all()
    assert waits[-1] == 0.0


def test_a_share_of_the_let_in_is_within_any_wait() -> None:
    result = performance(QueueProfile("q", target=AT_MOST, lines=5), 0.1, 60.0, 0)
    assert (result.blocked, result.wait_within) == (1.0, 1.0)
