import { Mutex } from "async-mutex";

export class Barn {
  private readonly mutex = new Mutex();
  private hay = 0;

  async add(bales: number): Promise<number> {
    const release = await this.mutex.acquire();
    try {
      if (bales < 0) throw new Error("negative");
      this.hay += bales;
      return this.hay;
    } finally {
      release();
    }
  }

  async take(bales: number): Promise<boolean> {
    return this.mutex.runExclusive(async () => {
      if (this.hay < bales) return false;
      this.hay -= bales;
      return true;
    });
  }

  async lock(): Promise<() => void> {
    const release = await this.mutex.acquire();
    return () => release();
  }

  async burn(): Promise<void> {
    let release: (() => void) | undefined;
    try {
      release = await this.mutex.acquire();
      this.hay = 0;
    } finally {
      if (release) release();
    }
  }

  async count(): Promise<number> {
    await this.mutex.acquire();
    const { hay } = this;
    this.mutex.release();
    return hay;
  }

  async stream(response: { on(event: string, listener: () => void): void }): Promise<void> {
    const release = await this.mutex.acquire();
    response.on("close", release);
    this.hay--;
  }
}
