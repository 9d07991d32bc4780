import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import express from "express";

const app = express();
const templates = new Map<string, string>();

function template(name: string, base: string): string {
  const path = resolve(base, name);
  const known = templates.get(path) ?? readFileSync(path, "utf8");
  templates.set(path, known);
  return known;
}

app.get("/", (request, response) => {
  response.send(template("index.html", request.app.get("views")));
});

app.get("/about", (request, response) => {
  response.send(template("about.html", request.app.get("views")));
});
