from fastapi import FastAPI
from sqlalchemy.orm import Session

from .models import Block, Chisel

app = FastAPI()


@app.get("/blocks")
def blocks(db: Session):
    return db.query(Block).all()  # want-info "rows are deleted in `split`\.$"


@app.get("/chisels")
def chisels(db: Session):
    return db.query(Chisel).all()  # want "nothing in the workspace deletes any\.$"


@app.post("/blocks")
def hew(db: Session, name: str):
    db.add(Block(name=name))
    db.add(Chisel(name=name))


@app.post("/split")
def split(db: Session, name: str):
    chisel = db.query(Chisel).filter(Chisel.name == name).first()
    db.query(Block).filter(Block.name == chisel.name).delete()
