import { expect, it } from "vitest";
import { wordsOf } from "../../server/src/core/base/words";

it.each([
  ["getUserIDs", ["get", "user", "ids"]],
  ["parseHTTPRequest", ["parse", "http", "request"]],
  ["core/base_url.go", ["core", "base", "url", "go"]],
  ["(*Hub).members()", ["hub", "members"]],
  ["", []],
])("takes %s apart", (name, words) => {
  expect(wordsOf(name)).toEqual(words);
});
