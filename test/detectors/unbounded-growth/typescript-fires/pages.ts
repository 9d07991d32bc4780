import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import express from "express";

const app = express();
const pages = new Map<string, string>();

function page(name: string, base: string): string {
  const path = resolve(base, name);
  const known = pages.get(path) ?? readFileSync(path, "utf8");
  pages.set(path, known); // want "`pages.pages` only ever grows"
  return known;
}

app.get("/", (request, response) => {
  response.send(page("index.html", request.app.get("views")));
});

app.get("/pages/:name", (request, response) => {
  response.send(page(request.params.name, request.app.get("views")));
});
