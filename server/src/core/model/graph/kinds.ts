import { wordsOf } from "../../base/words";

/** What kind of things a collection holds, in one word: `roles` of `roleIds`, `schedules` of `schedules_to_patch`. */
export function kindOf(over: string): string {
  const words = wordsOf(over);
  const purpose = words.indexOf("to", 1);
  if (purpose > 0) words.length = purpose;
  while (collections.test(words.at(-1) ?? "")) words.pop();
  return words.at(-1) ?? "";
}

const collections = /^(?:list|set|map|arr(?:ay)?|ids?|keys?|names?|codes?|values?|get)$/;
