import json

from tidewater_pipeline.config import load_gauges, set_offset
from tidewater_pipeline.export import occupancy_rows
from tidewater_pipeline.gauges import GaugeCache, fetch_level
from tidewater_pipeline.publish import batches, publish_levels
from tidewater_pipeline.tides import Turn
from tidewater_pipeline import publish


class Response:
    def __init__(self, body=None, status_code=200):
        self.body = body
        self.status_code = status_code

    def raise_for_status(self):
        return self

    def json(self):
        return self.body


class Client:
    def __init__(self, body=None):
        self.body = body
        self.calls = []

    def get(self, path):
        self.calls.append(path)
        return Response(self.body)

    def post(self, path, json):
        self.calls.append((path, json))
        return Response()


def test_fetch_level():
    assert fetch_level(Client({"level": 2100}), "polwherry-1") == {"level": 2100}


def test_cache_asks_once():
    client = Client({"level": 2100})
    cache = GaugeCache(client)
    cache.level("polwherry-1")
    cache.level("polwherry-1")
    assert client.calls == ["/gauges/polwherry-1/level"]


def test_batches():
    assert batches([{"n": n} for n in range(5)], 2) == [[{"n": 0}, {"n": 1}], [{"n": 2}, {"n": 3}], [{"n": 4}]]


def test_publish_levels():
    publish_levels(Client(), [{"level": 1}] * 450)


def test_slack_water_notice_is_sent():
    turns = [Turn(at=86_400 + 3_600, height=5.0)]
    publish.notify_slack_water(Client(), "polwherry", turns, 86_400 + 3_000)


def test_set_offset(tmp_path):
    path = tmp_path / "gauges.json"
    gauge = {"id": "g-1", "harbour": "polwherry", "url": "https://gauges.tidewater.example/g-1", "offset_mm": 5}
    path.write_text(json.dumps({"gauges": [gauge]}))
    set_offset(path, "g-1", 12)
    assert load_gauges(path)[0].offset_mm == 12


def test_occupancy_rows_are_ordered():
    rows = occupancy_rows(
        [
            {"harbour": "sennack", "berth_id": "C1", "call_sign": "PD3311"},
            {"harbour": "polwherry", "berth_id": "A1", "call_sign": "MKLT4"},
        ]
    )
    assert [row["berth"] for row in rows] == ["A1", "C1"]
