import { Mutex } from "async-mutex";

const apples = new Mutex();
const pears = new Mutex();

export async function weigh() {
  await apples.runExclusive(async () => {
    await pears.runExclusive(() => {});
  });
}

export async function pack() {
  await pears.runExclusive(async () => { // want "takes `.*apples` while it holds `.*pears`"
    await apples.runExclusive(() => {});
  });
}
