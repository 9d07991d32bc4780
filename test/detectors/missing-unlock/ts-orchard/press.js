import { Mutex } from "async-mutex";

const mutex = new Mutex();
let jars = 0;

export async function press(apples) {
  const release = await mutex.acquire();
  if (apples < 10) {
    return 0; // want "Returns here with `press.mutex` still locked"
  }
  jars += 1;
  release();
  return jars;
}
