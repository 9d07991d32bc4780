import express from "express";
import { Buoys, Crew, TideGauge, Watch, WindGauge } from "./gauges";

const app = express();
const watch = new Watch();
const crew = new Crew();
const buoys = new Buoys();

export function main() {
  watch.addGauge(new TideGauge());
  watch.addGauge(new WindGauge());
  app.listen(8080);
}

app.get("/watch", async (_req, res) => res.json(await watch.look()));
app.get("/crew", async (_req, res) => res.json(await crew.muster()));
app.post("/crew", async (req, res) => {
  crew.addHand(req.body.hand);
  res.end();
});
app.get("/buoys/:lamp", async (req, res) => res.json(await buoys.light(req.params.lamp)));
