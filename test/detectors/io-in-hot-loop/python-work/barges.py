import time

from sqlalchemy.orm import Session

from .models import Barge, Lock


# Each barge is worked off by itself, and the next one goes on where it fails.
def work(session: Session):
    while True:
        time.sleep(5)
        for barge in session.query(Barge).all():
            try:
                pass_lock(session, barge)  # want-info "Each of them is a piece of work of its own, with a transaction to itself\.$"
                session.commit()
            except Exception:
                session.rollback()


def look(session: Session):
    while True:
        time.sleep(5)
        for barge in session.query(Barge).all():
            pass_lock(session, barge)  # want "every 5 s × each of `session.query\(\)` × 1 database read on `Session` \(through `pass_lock`\)\.$"


def pass_lock(session: Session, barge: Barge):
    lock = session.query(Lock).filter(Lock.id == barge.lock_id).one()
    barge.level = lock.level
