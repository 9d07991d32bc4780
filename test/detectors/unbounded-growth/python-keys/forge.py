from fastapi import FastAPI

app = FastAPI()

TOOLS = {"hammer": 1, "tongs": 2}

weights = {}
worn = {}
priced = {}
asked = {}


def price_key(model_name):
    return model_name.lower()


# Only what the program knows of gets here.
@app.post("/weights")
def weigh(tool: str):
    if tool not in TOOLS:
        raise ValueError(tool)
    weights[tool] = TOOLS[tool]


@app.post("/worn")
def wear(tool: str):
    if tool not in worn:
        worn[tool] = 0  # want "`forge.worn` only ever grows"


@app.post("/prices")
def price(model_provider: str, model_name: str, smith: str):
    pair = (model_provider, model_name)
    priced[pair] = 1  # want-info "There are few keys, by their name\.$"
    ask(smith, model_name)


def ask(smith, model_name):
    pair = (smith, model_name)
    asked[pair] = 1  # want "`forge.asked` only ever grows: .* as they like\.$"


counted = {}


@app.post("/counts")
def count(model_name: str):
    key = price_key(model_name)
    counted[key] = 1  # want-info "There are few keys, by their name\.$"


KNOWN_FLAWS = ("cracked", "bent")
_told = set()
_heard = set()


# As many as are written in the program.
@app.post("/flaws")
def tell(flaws: dict):
    for flaw in KNOWN_FLAWS:
        if flaw in flaws:
            _told.add(flaw)
    for name in flaws:
        _heard.add(name)  # want "`forge._heard` only ever grows"
