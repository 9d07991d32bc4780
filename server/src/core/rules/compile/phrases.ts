import type { Phrases } from "./pattern";
import { bans } from "./phrases/bans";
import { changes } from "./phrases/changes";
import { demands } from "./phrases/demands";
import { things } from "./phrases/things";

/** The classes of words that sentence patterns name in braces. To teach Fathom another way to say it, add it there. */
export const phrases: Phrases = { ...bans, ...demands, ...changes, ...things };
