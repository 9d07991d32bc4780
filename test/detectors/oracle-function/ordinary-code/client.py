import logging

import requests

logger = logging.getLogger(__name__)


class StationClient:
    def __init__(self, base_url, timeout=10):
        self.base_url = base_url
        self.timeout = timeout

    def station(self, station_id):
        response = requests.get(f"{self.base_url}/stations/{station_id}", timeout=self.timeout)
        if response.status_code == 404:
            return None
        response.raise_for_status()
        return response.json()

    def stations(self, ids):
        found = []
        for station_id in ids:
            station = self.station(station_id)
            if station is None:
                logger.warning("station %s is gone", station_id)
                continue
            found.append(station)
        return found
