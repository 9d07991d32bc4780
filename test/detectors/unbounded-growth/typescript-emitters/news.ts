import { EventEmitter } from "node:events";
import express from "express";

const bus = new EventEmitter();
const horn = new EventEmitter();
const bell = new EventEmitter();
const app = express();

app.get("/news", (req, res) => {
  bus.on("news", (title: string) => res.write(title)); // want "`news.bus` only ever grows: each request to `/news` adds to it\. .* its size\.$"
});

app.get("/horn", (req, res) => {
  const tell = (title: string) => res.write(title);
  horn.on("horn", tell);
  req.on("close", () => horn.off("horn", tell));
});

app.get("/bell", (req, res) => {
  bell.once("bell", (title: string) => res.end(title));
});
