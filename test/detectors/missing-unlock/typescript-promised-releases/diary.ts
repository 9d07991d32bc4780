import { Mutex } from "async-mutex";

const pages = new Mutex();
const covers = new Mutex();

/** What gives the lock back is kept until all that comes later is done. */
export function note(write: (text: string) => Promise<void>, text: string): void {
  let release: (() => void) | null = null;
  pages
    .acquire()
    .then((given) => {
      release = given;
      return write(text);
    })
    .finally(() => {
      if (release) release();
    });
}

export async function bind(write: (text: string) => Promise<void>, text: string): Promise<void> {
  await covers.acquire(); // want "covers"
  await write(text);
}

export async function press(write: (text: string) => Promise<void>, text: string): Promise<void> {
  const release = await covers.acquire();
  try {
    await write(text);
  } finally {
    release();
  }
}
