import { RaftMutex } from "./mutex.js";

/** Those that were got are put into a list, and given back together. */
export async function moor(names: string[], tie: (name: string) => Promise<void>): Promise<void> {
  const got = [];
  try {
    for (const name of names) {
      const mutex = new RaftMutex(name);
      const isFirst = await mutex.lock();
      await tie(name);
      if (isFirst) got.push(mutex);
    }
  } finally {
    await Promise.all(got.map((one) => one.unlock()));
  }
}

/** This one is put into no list: what is given back is another's. */
export async function drift(others: any[], push: (name: string) => Promise<void>): Promise<void> {
  const mutex = new RaftMutex("drift");
  await mutex.lock(); // want "and nothing unlocks it"
  try {
    await push("drift");
  } finally {
    await Promise.all(others.map((one) => one.unlock()));
  }
}
