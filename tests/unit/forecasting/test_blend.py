import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shiftcast.forecasting.blend import relative_errors, weights

DAYS = 56


def errors(*deviations: float, queues: int = 1, days: int = DAYS) -> np.ndarray:
    """Independent errors of members with these deviations: (members, queues, days)."""
    noise = np.random.default_rng(1).normal(size=(len(deviations), queues, days))
    return noise * np.array(deviations)[:, None, None]


def test_the_better_member_counts_more():
    found = weights(errors(0.05, 0.15))
    assert found.shape == (1, 2)
    assert found[0, 0] > 0.7
    # Alike, they count alike: two errors that cancel are better than either.
    assert weights(errors(0.1, 0.1, queues=20)).mean(axis=0) == pytest.approx([0.5, 0.5], abs=0.05)


def test_with_no_past_all_members_are_equal():
    unknown = np.full((3, 2, 10), np.nan)
    assert weights(unknown) == pytest.approx(np.full((2, 3), 1 / 3))
    assert weights(np.zeros((2, 1, 10))) == pytest.approx(np.full((1, 2), 0.5))


def test_one_member_alone_has_all_the_weight():
    assert weights(errors(0.3, queues=2)).tolist() == [[1.0], [1.0]]


def test_few_days_of_ones_own_follow_all_queues_together():
    """Ten queues are best met by the first member; an eleventh, by three days, by the second."""
    others = errors(0.05, 0.2, queues=10)
    own = errors(0.2, 0.05)
    few = own.copy()
    few[:, :, 3:] = np.nan
    assert weights(np.concatenate([others, few], axis=1))[-1, 0] > 0.6
    assert weights(np.concatenate([others, own], axis=1))[-1, 0] < 0.5
    none = np.full_like(own, np.nan)
    assert weights(np.concatenate([others, none], axis=1))[-1, 0] > 0.7


def test_a_member_is_never_counted_against_itself():
    """Errors that go together would ask for a negative weight: it stays at zero."""
    common = np.random.default_rng(2).normal(0.0, 0.1, (1, DAYS))
    found = weights(np.stack([common, 3.0 * common]))
    assert found.min() >= 0.0
    assert found[0, 0] > 0.9


def test_the_scale_of_the_errors_does_not_matter():
    both = errors(0.05, 0.15)
    assert weights(1e-3 * both) == pytest.approx(weights(both), abs=1e-3)


def test_errors_are_shares_of_the_queues_mean():
    actual = np.array([[100.0, 300.0, np.nan]])
    found = relative_errors(np.array([[[150.0, 250.0, 9.0]], [[999.0, 0.0, 9.0]]]), actual)
    # A mean of 200: off by 50; by more than 200 counts as 200.
    assert found[0, 0, :2] == pytest.approx([0.25, -0.25])
    assert found[1, 0, :2] == pytest.approx([1.0, -1.0])
    assert np.isnan(found[:, :, 2]).all()


@settings(max_examples=30, deadline=None)
@given(
    members=st.integers(1, 4),
    queues=st.integers(1, 3),
    days=st.integers(0, 12),
    scale=st.sampled_from([0.0, 1e-9, 0.1, 1.0]),
    gaps=st.sampled_from([0.0, 0.5]),
    seed=st.integers(0, 999),
)
def test_rows_are_shares(
    members: int, queues: int, days: int, scale: float, gaps: float, seed: int
):
    rng = np.random.default_rng(seed)
    drawn = rng.normal(0.0, scale, (members, queues, days))
    drawn[:, rng.random((queues, days)) < gaps] = np.nan
    found = weights(drawn)
    assert found.shape == (queues, members)
    assert (found >= 0.0).all()
    assert found.sum(axis=1) == pytest.approx(np.ones(queues))
