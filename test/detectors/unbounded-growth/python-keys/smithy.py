from fastapi import FastAPI

app = FastAPI()

MOULDS = {"horseshoe": 1, "nail": 2}
CAST = {}
_poured = {}


# What is looked up is no list of the program but what grows.
@app.post("/cast")
def cast(smith: str):
    if smith not in CAST:
        CAST[smith] = 1  # want "`CAST` only ever grows"


@app.post("/poured")
def pour(mould: str):
    if mould in MOULDS:
        _poured.setdefault(mould, 0)
