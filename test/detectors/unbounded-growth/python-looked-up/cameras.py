import asyncio
from dataclasses import dataclass

from flask import Flask

app = Flask(__name__)
known = []
locks = {}
views = {}


@dataclass
class CameraConfig:
    id: str


def config_of(camera_id: str) -> CameraConfig:
    for camera in known:
        if camera.id == camera_id:
            return camera
    raise KeyError(camera_id)


def lock_for(camera_id: str):
    if camera_id not in locks:
        locks[camera_id] = asyncio.Lock()  # want-info "Nothing shows that whoever asks can make up new keys\.$"
    return locks[camera_id]


async def connect(config: CameraConfig):
    async with lock_for(config.id):
        return config.id


@app.get("/cameras/<camera_id>")
async def camera(camera_id: str):
    # There are as many keys as there are cameras: it raises for any other.
    config = config_of(camera_id)
    return await connect(config)


@app.get("/views/<camera_id>")
async def view(camera_id: str):
    views[camera_id] = True  # want "The key comes with the request"
    return ""


turns = {}
shots = {}


@app.get("/turns/<camera_id>")
async def turn(camera_id: str):
    # Nothing is added under a key that is not there.
    if camera_id in turns and not turns.get(camera_id):
        turns[camera_id] = asyncio.Lock()
    if camera_id not in shots:
        shots[camera_id] = 0  # want "The key comes with the request"
    return ""


@dataclass
class Feed:
    session_id: str


feeds = []
feed_locks = {}
viewers = {}


def feed_of(name: str) -> Feed:
    for feed in feeds:
        if feed.session_id == name:
            return feed
    raise KeyError(name)


def write(session_id: str):
    if session_id not in feed_locks:
        feed_locks[session_id] = asyncio.Lock()  # want-info "Nothing shows that whoever asks can make up new keys\.$"


def pull(feed: Feed):
    write(feed.session_id)


def welcome(session_id: str):
    viewers[session_id] = True  # want "The key comes with the request"


@app.get("/feeds/<name>")
async def feed(name: str):
    # The session is that of a feed that there is.
    pull(feed_of(name))
    welcome(name)
    return ""
