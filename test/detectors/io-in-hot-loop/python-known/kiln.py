import psycopg

from fastapi import APIRouter, Depends

db = psycopg.connect("kiln")
admin_router = APIRouter()
router = APIRouter()


def rows():
    return db.execute("SELECT id FROM pots").fetchall()


def glaze_of(pot, glazes=None):
    return glazes.get(pot) if glazes is not None else db.execute("SELECT glaze FROM glazes WHERE pot = ?", (pot,))


def glazes_of(pots):
    return dict(db.execute("SELECT pot, glaze FROM glazes").fetchall())


# What is asked for all at once is not asked for each.
@router.get("/glazed")
def glazed():
    found = rows()
    glazes = glazes_of(found)
    return [glaze_of(pot, glazes=glazes) for pot in found]


@router.get("/pots")
def pots():
    return [glaze_of(pot) for pot in rows()]  # want "each of `rows\(\)` × 1 SELECT on `glazes` \(through `glaze_of`\)\.$"


@admin_router.get("/shards")
def shards():
    return [glaze_of(pot) for pot in rows()]  # want-info "Those who run the system ask for it, now and then\.$"


# N+1, since there are few pots.
@router.get("/last")
def last():
    # This is an N+1, since a potter has few.
    return [db.execute("SELECT at FROM firings WHERE pot = ?", (pot,)) for pot in rows()]  # want-info "A comment says that it is known\.$"


# Messages, as they come.
@router.get("/live")
def live(kiln):
    for heat in kiln.subscribe_to_heat():
        db.execute("SELECT stopped FROM kilns WHERE heat = ?", (heat,))
