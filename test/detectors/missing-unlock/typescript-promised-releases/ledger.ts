import { Mutex, type MutexInterface } from "async-mutex";

const lines = new Mutex();
const sums = new Mutex();

/** What gives the lock back is kept in a field, and others call that. */
export class Ledger {
  private close: MutexInterface.Releaser | null = null;

  async open(name: string): Promise<string> {
    this.close = await lines.acquire();
    return name.trim();
  }

  async done(): Promise<void> {
    this.close?.();
    this.close = null;
  }
}

/** Nobody calls what it keeps. */
export class Daybook {
  private close: MutexInterface.Releaser | null = null;

  async open(name: string): Promise<string> {
    this.close = await sums.acquire(); // want "Locks `ledger\.sums`, and nothing unlocks it"
    return name.trim();
  }

  isOpen(): boolean {
    return this.close !== null;
  }
}

export async function count(text: string): Promise<number> {
  const release = await lines.acquire();
  const other = await sums.acquire();
  try {
    return text.length;
  } finally {
    other();
    release();
  }
}
