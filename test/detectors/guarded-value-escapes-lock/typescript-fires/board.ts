import { Mutex } from "async-mutex";

declare function price(ore: number): Promise<number>;

export class Board {
  private readonly mutex = new Mutex();
  private readonly stations = new Map<string, number>();

  async report(station: string, ore: number): Promise<void> {
    await this.mutex.runExclusive(async () => {
      if ((await price(ore)) > 0) this.stations.set(station, ore);
    });
  }

  async live(): Promise<Map<string, number>> {
    const release = await this.mutex.acquire();
    try {
      return this.stations; // want "`live` returns `Board.stations` itself"
    } finally {
      release();
    }
  }

  async known(): Promise<Map<string, number>> {
    const release = await this.mutex.acquire();
    try {
      return this.stations; // want-info "`known` returns `Board.stations` itself"
    } finally {
      release();
    }
  }
}

export async function total(board: Board): Promise<number> {
  let sum = 0;
  for (const [, ore] of await board.live()) sum += await price(ore);
  return sum;
}

// In one turn, so that nobody comes in between.
export async function print(board: Board): Promise<string> {
  return JSON.stringify([...(await board.known())]);
}
