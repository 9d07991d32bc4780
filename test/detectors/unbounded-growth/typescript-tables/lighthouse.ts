import express from "express";

type Signal = (ship: string) => void;

class Lighthouse {
  private readonly seen: string[] = [];
  private readonly heard: string[] = [];
  private readonly drilled: string[] = [];
  private readonly signals: Record<string, Signal>;
  private readonly horns = { blow: (ship: string) => this.blow(ship) };
  private readonly drills: Record<string, Signal> = { test: (ship) => this.drill(ship) };

  constructor() {
    this.signals = { flash: (ship) => this.flash(ship) };
  }

  receive(kind: string, ship: string) {
    this.signals[kind]?.(ship);
  }

  sound(kind: "blow", ship: string) {
    this.horns[kind](ship);
  }

  // Nobody outside names a drill.
  practise(kind: string) {
    this.drills[kind]?.("none");
  }

  private flash(ship: string) {
    this.seen.push(ship); // want "`Lighthouse.seen` only ever grows"
  }

  private blow(ship: string) {
    this.heard.push(ship); // want "`Lighthouse.heard` only ever grows"
  }

  private drill(ship: string) {
    this.drilled.push(ship);
  }
}

const lighthouse = new Lighthouse();
const app = express();
app.post("/signals/:kind", (req, res) => {
  lighthouse.receive(req.params.kind, req.body.ship);
  lighthouse.sound(req.params.kind as "blow", req.body.ship);
  res.sendStatus(204);
});
app.listen(8080);
