import threading

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi_limiter.depends import RateLimiter
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView
from slowapi import _rate_limit_exceeded_handler
from slowapi.errors import RateLimitExceeded

from app import press

api = FastAPI()
api.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)


class HarvestThrottle(UserRateThrottle):
    rate = "5/min"


class Harvest(APIView):
    throttle_classes = [HarvestThrottle]

    def post(self, request):
        for grape in request.data["grapes"]:
            threading.Thread(target=press, args=(grape,)).start()


# A throttle that is declared, and put on another view.
class Pruning(APIView):
    def post(self, request):
        for vine in request.data["vines"]:
            threading.Thread(target=press, args=(vine,)).start()  # want "None of four protections"


# To be told of a limit is not to have one.
@api.post("/racks")
async def rack(request: Request):
    for rack in (await request.json())["racks"]:
        threading.Thread(target=press, args=(rack,)).start()  # want "None of four protections"
