import { Mutex } from "async-mutex";

const mutex = new Mutex();
const sold = [];

export async function count() {
  return mutex.runExclusive(() => sold.length);
}

export async function sell(item) {
  const release = await mutex.acquire();
  sold.push(item);
  await fetch("https://tills.example.com"); // want "`sell` holds `[\w.]*mutex` while it goes to the network"
  release();
}
