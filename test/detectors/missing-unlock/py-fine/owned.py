from redis import Redis

redis = Redis()


def count(rows):
    turn = redis.lock("count", timeout=60)
    if not turn.acquire(blocking=False):
        return None
    try:
        return len(rows)
    finally:
        if turn.owned():
            turn.release()


def sort(rows, quick):
    turn = redis.lock("sort", timeout=60)
    turn.acquire()
    try:
        return sorted(rows)  # want "still locked"
    finally:
        if quick:
            turn.release()
