import { DockMutex } from "./mutex.js";
import { CrewLock, HandLock, ScreenLock, TurnLock } from "./locks";

const turns = new TurnLock();
const screen = new ScreenLock();
const hand = new HandLock();
const crew = new CrewLock();

export class Docks {
  private readonly mutex = new DockMutex();
  private readonly ships = new Map<string, string>();

  async admit(dock: string, ship: string): Promise<boolean> {
    await this.mutex.lock();
    if (this.ships.has(dock)) return false; // want "`Docks\.mutex` still locked"
    this.ships.set(dock, ship);
    this.mutex.unlock();
    return true;
  }

  async dismiss(dock: string): Promise<void> {
    await this.mutex.lock();
    try {
      this.ships.delete(dock);
    } finally {
      this.mutex.unlock();
    }
  }
}

export async function refuel(dock: string): Promise<boolean> {
  const release = await turns.acquire();
  if (dock === "") return false; // want "`docks\.turns` still locked"
  release();
  return true;
}

export async function inspect(dock: string): Promise<boolean> {
  const release = await turns.acquire();
  try {
    return dock !== "";
  } finally {
    release();
  }
}

export async function paint(dock: string): Promise<boolean> {
  return turns.run(async () => dock !== "");
}

// Nobody waits for such a thing.
export async function watch(dock: string): Promise<boolean> {
  await screen.acquire();
  if (dock === "") return false;
  await screen.release();
  return true;
}

export async function count(dock: string): Promise<number> {
  const { release } = await hand.acquire();
  try {
    return dock.length;
  } finally {
    release();
  }
}

export async function weigh(dock: string): Promise<number> {
  const held = await hand.acquire();
  try {
    return dock.length;
  } finally {
    held.release();
  }
}

export async function measure(dock: string): Promise<number> {
  using held = await hand.acquire();
  return dock.length;
}

export async function man(dock: string): Promise<number> {
  return crew.acquire(async () => dock.length);
}

let seat = 0n;

// What JavaScript itself has seldom throws.
export async function take(): Promise<bigint> {
  const release = await turns.acquire(); // want-info "`docks\.turns` stays locked when `BigInt` throws, which it seldom does"
  seat += BigInt(1);
  release();
  return seat;
}

export async function read(text: string): Promise<unknown> {
  const release = await turns.acquire(); // want "`docks\.turns` stays locked when `JSON\.parse` throws: it is unlocked without `finally`\.$"
  seat += BigInt(1);
  const read = JSON.parse(text);
  release();
  return read;
}
