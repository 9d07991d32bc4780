import pytest

from tidewater_pipeline.tides import Turn, height_at, is_spring, quiet_window, range_of

HIGH = Turn(at=0, height=5.2)
LOW = Turn(at=21_600, height=1.0)


def test_height_follows_the_twelfths():
    assert height_at([HIGH, LOW], 3_600) == pytest.approx(5.2 - 4.2 / 12)
    assert height_at([HIGH, LOW], 10_800) == pytest.approx(3.1)
    assert height_at([HIGH, LOW], 5_400) == pytest.approx(5.2 - 4.2 * 2 / 12)


def test_height_is_constant_outside_the_turns():
    assert height_at([HIGH, LOW], -60) == 5.2
    assert height_at([HIGH, LOW], 99_999) == 1.0


def test_height_needs_a_turn():
    with pytest.raises(ValueError):
        height_at([], 0)


def test_quiet_window_is_clipped_to_the_day():
    assert quiet_window([HIGH, LOW], 600, 20) == (0, 1_200)
    assert quiet_window([HIGH, LOW], 20_000, 20) == (20_400, 22_800)
    assert quiet_window([], 0, 20) is None


def test_spring_range():
    assert range_of([HIGH]) == 0.0
    assert is_spring([HIGH, LOW], mean_range=3.0)
    assert not is_spring([HIGH, LOW], mean_range=3.5)
