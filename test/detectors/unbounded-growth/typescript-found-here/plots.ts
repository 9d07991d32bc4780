import express from "express";

const app = express();

const known: { mark: string }[] = [];

function findPlot(mark: string) {
  return known.find((plot) => plot.mark === mark);
}

function tidied(mark: string) {
  return mark.trim();
}

const plots = new Map<string, number>();
const tidy = new Map<string, number>();
const weather = new Map<string, string>();

function plot(mark: string) {
  const found = findPlot(mark);
  if (found === undefined) return;
  plots.set(mark, 1); // want-info "kept only where something was found by the same key"
}

function clean(mark: string) {
  const text = tidied(mark);
  if (!text) return;
  tidy.set(mark, 1); // want "The key comes with the request"
}

// Another service may know of anything.
async function fetchWeather(mark: string) {
  const answer = await fetch(`https://weather.example/${mark}`);
  return answer.json();
}

async function forecast(mark: string) {
  const found = await fetchWeather(mark);
  if (!found) return;
  weather.set(mark, found.text); // want "The key comes with the request"
}

app.get("/plots/:mark", async (req, res) => {
  plot(req.params.mark);
  clean(req.params.mark);
  res.send(await forecast(req.params.mark));
});
