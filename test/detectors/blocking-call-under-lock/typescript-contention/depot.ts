import { Mutex } from "async-mutex";
import express from "express";

const app = express();

class Depot {
  private readonly mutex = new Mutex();
  private carts: Map<string, Cart> = new Map();

  async count(): Promise<number> {
    return this.mutex.runExclusive(() => this.carts.size);
  }

  async fetchCart(name: string): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      await fetch(`https://carts.example.com/${name}`); // want "`fetchCart` holds `Depot.mutex` .* 1 other function that needs the lock, `count`, waits as long\.$"
    } finally {
      release();
    }
  }
}

class Cart {
  private readonly mutex = new Mutex();
  private load: string[] = [];

  async size(): Promise<number> {
    return this.mutex.runExclusive(() => this.load.length);
  }

  async weigh(): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      await fetch("https://scales.example.com"); // want-info "`weigh` holds `Cart.mutex` .* only those who use the same one wait\.$"
    } finally {
      release();
    }
  }
}

class Porters {
  private readonly mutex = new Mutex();
  private names = new Set<string>();

  async each(visit: (name: string) => void): Promise<void> {
    const release = await this.mutex.acquire();
    for (const name of this.names) visit(name);
    release();
  }

  async call(name: string): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      await fetch(`https://porters.example.com/${name}`); // want-info "`call` holds `Porters.mutex` .* Nobody is seen to come often for what is in memory alone\.$"
    } finally {
      release();
    }
  }
}

const depot = new Depot();
const porters = new Porters();

app.get("/carts/:name", async (request, response) => {
  await depot.fetchCart(request.params.name);
  await porters.call(request.params.name);
  await new Cart().weigh();
  response.end();
});
