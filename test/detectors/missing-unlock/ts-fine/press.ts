import { Mutex } from "async-mutex";

// One lock for all that are pressed together: each gives it back by what it was given.
export async function press(apples: number[], squeeze: (apple: number) => Promise<void>): Promise<void> {
  const turn = new Mutex();
  await Promise.all(
    apples.map(async (apple) => {
      const done = await turn.acquire();
      try {
        await squeeze(apple);
      } finally {
        done();
      }
    }),
  );
}
