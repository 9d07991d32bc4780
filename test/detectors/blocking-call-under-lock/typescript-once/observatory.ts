import { Mutex } from "async-mutex";
import express from "express";

const app = express();

class Charts {
  private readonly mutex = new Mutex();
  private charts?: Response;
  private readers = 0;

  async load(): Promise<Response> {
    const release = await this.mutex.acquire();
    try {
      if (!this.charts) {
        this.charts = await fetch("https://charts.example.com"); // want-info "`load` holds `Charts.mutex` .* It is done once, by whoever comes first: afterwards `charts` is set\.$"
      }
      return this.charts;
    } finally {
      release();
    }
  }

  async enter(): Promise<void> {
    await this.mutex.runExclusive(async () => {
      this.readers++;
    });
  }
}

class Plan {
  private readonly mutex = new Mutex();
  private plan?: Response;
  private readers = 0;

  async load(): Promise<Response> {
    return this.mutex.runExclusive(async () => {
      if (this.plan !== undefined) return this.plan;
      this.plan = await fetch("https://plan.example.com"); // want-info "A function inside `load` holds `Plan.mutex` .* afterwards `plan` is set\.$"
      return this.plan;
    });
  }

  async enter(): Promise<void> {
    await this.mutex.runExclusive(async () => {
      this.readers++;
    });
  }
}

class Weather {
  private readonly mutex = new Mutex();
  private report?: Response;

  async load(): Promise<Response> {
    const release = await this.mutex.acquire();
    try {
      if (this.report === undefined) {
        this.report = await fetch("https://weather.example.com"); // want "`load` holds `Weather.mutex` .* waits? as long\.$"
      }
      return this.report;
    } finally {
      release();
    }
  }

  async forget(): Promise<void> {
    await this.mutex.runExclusive(async () => {
      this.report = undefined;
    });
  }
}

const charts = new Charts();
const plan = new Plan();
const weather = new Weather();

app.get("/charts", async (_request, response) => {
  await charts.enter();
  await plan.enter();
  response.json([await charts.load(), await plan.load(), await weather.load()]);
});

app.post("/storms", async (_request, response) => {
  await weather.forget();
  response.end();
});
