from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy.orm import Session

from models import Ship, get_session

app = FastAPI()


class ShipIn(BaseModel):
    name: str


@app.post("/import")
def load(ships: list[ShipIn], session: Session = Depends(get_session)):
    for ship in ships:
        session.add(Ship(name=ship.name))
        session.commit()  # want-info "Somebody changes something with it, and does so now and then\.$"


@app.post("/import/together")
def load_together(ships: list[ShipIn], session: Session = Depends(get_session)):
    for ship in ships:
        session.add(Ship(name=ship.name))
    session.commit()


@app.post("/import/parts")
def load_in_parts(ships: list[ShipIn], session: Session = Depends(get_session)):
    for i, ship in enumerate(ships):
        session.add(Ship(name=ship.name))
        if i % 500 == 0:
            session.commit()  # want-info "It is done for some of them only"
    session.commit()
