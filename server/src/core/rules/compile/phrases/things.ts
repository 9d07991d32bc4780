import { listed } from "./listed";

/** What is spoken of, and how much of it. */
export const things = {
  limit: listed(`
    under | below | within | at most | less than | fewer than | no more than | not more than | no longer than |
    more than | longer than | max | maximum | max of | maximum of | a maximum of | a max of | up to | to |
    to at most | to under | < | <= | ≤ | ~ | about | around | at or under | at or below | to a maximum of |
    to a max of | exceed | be under | be below | be at most | stay under | stay below | be no longer than |
    be longer than | be no more than | not exceed`),
  holding: listed(`
    holding | you hold | you are holding | owning | holding on to | holding onto | is held | held | acquired`),
  tests: listed("tests | test files | test code | the tests | in tests | in test files | in test code"),
  output: listed("print statements | print calls | print debugging | prints | print statement"),
  secrets: listed(`
    secrets | any secrets | secret | api keys | any api keys | credentials | any credentials | tokens |
    passwords | sensitive credentials | secret keys | secrets or api keys | secrets or credentials |
    secrets or tokens | secrets or keys | secrets and credentials | secrets , api keys , or credentials |
    secrets , tokens , or credentials | secrets , api keys , or tokens | secrets , passwords , or api keys |
    secrets , credentials , or api keys | api keys or secrets | api keys or credentials | api keys or tokens |
    api keys , secrets , or credentials | api keys , tokens , or secrets | api keys , passwords , or secrets |
    credentials or secrets | credentials or api keys | passwords or api keys | passwords , tokens , or api keys |
    secrets / credentials | secrets / keys | secrets / tokens | secrets / api keys`),
  quality: listed(`
    readability | clarity | consistency | maintainability | performance | safety | type safety | security |
    testability | simplicity | debugging | reliability | reproducibility | determinism | compatibility |
    accessibility`),
  language: listed("go | python | typescript | javascript | java | ts | js | py"),
};
