import math

import pytest

from tidewater_pipeline.normalise import drop_spikes, mean, normalise_events, parse_line


def event(at, level, quality=1, gauge="polwherry-1", **extra):
    return {"gauge": gauge, "at": at, "level": level, "quality": quality, **extra}


def test_one_event_is_kept():
    assert normalise_events([event(1000, 2100.0)]) == [
        {"gauge": "polwherry-1", "at": 1000, "level": 2100.0, "quality": 1, "slot": 1, "n": 1}
    ]


def test_events_of_one_slot_are_averaged():
    rows = normalise_events([event(1000, 2100.0), event(1060, 2110.0)])
    assert [(row["level"], row["n"]) for row in rows] == [(2105.0, 2)]


def test_gauges_of_one_harbour_share_a_slot():
    rows = normalise_events([event(1000, 2100.0), event(1000, 2120.0, gauge="polwherry-2")])
    assert len(rows) == 1


def test_a_surveyed_level_replaces_the_average():
    rows = normalise_events([event(1000, 2100.0), event(1060, 2190.0, quality=4)])
    assert rows[0]["level"] == 2190.0


def test_a_lone_level_after_a_gap_is_damped():
    rows = normalise_events([event(0, 2000.0), event(3000, 2400.0)])
    assert [row["level"] for row in rows] == [2000.0, 2300.0]


def test_order_of_arrival_does_not_matter():
    events = [event(1060, 2110.0), event(1000, 2100.0), event(4000, 1900.0)]
    assert normalise_events(events) == normalise_events(list(reversed(events)))


def test_parse_line():
    assert parse_line("polwherry-1, 1718366400, 2104.5, 3") == {
        "gauge": "polwherry-1",
        "at": 1718366400,
        "level": 2104.5,
        "quality": 3,
    }


@pytest.mark.parametrize("line", ["", "polwherry-1,1,2", ",1,2,3", "polwherry-1,x,2,3"])
def test_parse_line_rejects(line):
    with pytest.raises(ValueError):
        parse_line(line)


def test_drop_spikes():
    assert drop_spikes([2000, 2050, 9000, 2100]) == [2000, 2050, 2100]
    assert drop_spikes([2000, 2400]) == [2000, 2400]
    assert drop_spikes([]) == []


def test_mean_of_nothing_is_not_a_number():
    assert math.isnan(mean([]))
    assert mean([1, 2]) == 1.5
