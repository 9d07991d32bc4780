import { Mutex } from "async-mutex";

const mutex = new Mutex();
const sold = [];

export async function sell(item) {
  const release = await mutex.acquire();
  sold.push(item);
  release();
  await fetch("https://tills.example.com");
}
