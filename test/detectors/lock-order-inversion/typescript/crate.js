import { Mutex } from "async-mutex";

const plums = new Mutex();
const figs = new Mutex();

export async function count() {
  await plums.runExclusive(() => {});
  await figs.runExclusive(() => {});
}

export async function sort() {
  await figs.runExclusive(() => {});
  await plums.runExclusive(() => {});
}
