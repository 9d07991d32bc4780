import threading

from fastapi import APIRouter, Depends, Request
from fastapi_limiter.depends import RateLimiter

from app import press

router = APIRouter(prefix="/corks", dependencies=[Depends(RateLimiter(times=2, seconds=5))])


@router.post("/")
async def cork(request: Request):
    for cork in (await request.json())["corks"]:
        threading.Thread(target=press, args=(cork,)).start()
