import fc from "fast-check";

/**
 * The same cases in every run, so that a change fails for what it does itself. `FATHOM_SEED` looks for others: a
 * number, such as a failure names, or `random`.
 */
const seed = process.env.FATHOM_SEED ?? "20";
if (seed !== "random") fc.configureGlobal({ seed: Number(seed) });

export { fc };
