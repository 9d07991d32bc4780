import { Mutex } from "async-mutex";

export async function boil(fruits: number[], cook: (fruit: number) => Promise<boolean>): Promise<void> {
  const turn = new Mutex();
  await Promise.all(
    fruits.map(async (fruit) => {
      const done = await turn.acquire();
      if (fruit < 0) return; // want "Returns here with `turn` still locked"
      if (await cook(fruit)) console.log(fruit);
      done();
    }),
  );
}
