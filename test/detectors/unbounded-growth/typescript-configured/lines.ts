import express from "express";
import * as net from "net";
import { readFileSync } from "fs";

const app = express();

class Lines {
  private readonly config = JSON.parse(readFileSync("lines.json", "utf8"));
  private readonly sockets: { [harbour: string]: net.Socket } = {};
  private readonly asked: { [harbour: string]: number } = {};

  // As many as are configured: of another it fails before anything is kept.
  open(harbour: string) {
    if (!this.sockets[harbour]) {
      const line = this.config[harbour];
      this.sockets[harbour] = net.connect(line.port, line.host);
    }
    return this.sockets[harbour];
  }

  note(harbour: string) {
    this.asked[harbour] = Date.now(); // want "whoever asks can add as many as they like"
  }
}

const lines = new Lines();

app.get("/lines/:harbour", (req, res) => {
  lines.note(req.params.harbour);
  lines.open(req.params.harbour).pipe(res);
});

class Log {
  private waiting: string[] = [];
  private kept: string[] = [];
  private readonly later = setTimeout.bind(null, this.write.bind(this), 5);

  add(line: string) {
    this.waiting.push(line);
    this.kept.push(line); // want "`Log.kept` only ever grows"
    this.later();
  }

  // All that waits is taken out.
  private write() {
    const lines = [...this.waiting];
    this.waiting = [];
    process.stdout.write(lines.concat([...this.kept]).join("\n"));
  }
}

const log = new Log();

app.post("/log", (req, res) => {
  log.add(req.body.line);
  res.end();
});
