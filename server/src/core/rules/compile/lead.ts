import { isPath } from "../names";
import { readForms, type SentenceForm, sentenceForms } from "./form";
import { mergePlaces, type Place, placeOfNames, placeOfPhrase, placeOfWords } from "./place";
import { type Sentence, wordsOf } from "./tokens";

/** What stands before the core of a rule: fillers, a label, the place it speaks of. */
export interface Lead {
  place: Place;
  rest: Sentence;
}

/** Takes off what is understood and does not change the rule; a label that may restrict it stays. */
export function readLead(sentence: Sentence): Lead {
  let lead: Lead = { place: { scope: {} }, rest: sentence };
  for (let i = 0; i < 4; i++) {
    const next = readForms(LEADS, lead.rest);
    if (next === undefined) break;
    lead = { place: mergePlaces(lead.place, next.place), rest: next.rest };
  }
  return lead;
}

/** Whether a heading or label says what its rules are about, and not where they hold. */
export function isGeneralTopic(title: string): boolean {
  const words = title.toLowerCase().match(/[a-z][a-z-]*/g) ?? [];
  return words.every((word) => TOPICS.has(word) || JOINTS.has(word));
}

const NOWHERE: Place = { scope: {} };

/** Labels that say what a rule is about, not where it holds. */
const TOPICS = new Set(
  `important critical note warning security performance imports import naming logging types typing typescript style
  formatting errors error handling error-handling dependencies exports comments dates async testing code quality http
  rule convention conventions strict required mandatory always never remember tip gotcha hard state constants
  validation generics type safety safety module modules classes functions secrets docs documentation structure
  generated database queries sql environment configuration config logs output debugging null nullability package
  manager tooling file files variables patterns immutability ids enums assertions mocking mocks exceptions interfaces
  concurrency time json http-client paths migrations linting format management data fetching strings
  dependency injection validation input lombok jpa sql logging nullability null mutability async-await promises equality
  indentation whitespace line length semicolons quotes braces readability arguments parameters defaults strings f-strings
  package packages exception catching swallowing wrapping context contexts credentials keys tokens magic numbers
  hardcoding hardcoded naming filenames declarations syntax language strictness commit commits versions deprecated deprecation
  explicit debug generated contract no magic global globals changelog versioning do don't dont bad first general immutable protected
  secure secret sensitive management named mode best practice practices principle principles comment array record return parameter`.split(
    /\s+/,
  ),
);

const LEADS: readonly SentenceForm<Lead>[] = [
  ...sentenceForms(
    [
      "please|always|also|strictly|and|but|so|then|important|critical|note|warning|remember|generally|instead|finally|furthermore|additionally|specifically|particularly|required|mandatory|forbidden :|,|—? that? <*rest>",
      "in particular|general ,|:? <*rest>",
      "it is recommended|advised|preferred|encouraged to <*rest>",
      "you|we|agents|claude|developers|contributors|everyone <*rest>",
    ],
    ({ rest }) => fillers(rest.rest ?? []),
  ),
  ...sentenceForms(["outside of? tests|test code|files? ,|:|— <*rest>"], ({ rest }) => ({
    place: { scope: { tests: false } },
    rest: rest.rest ?? [],
  })),
  ...sentenceForms(
    [
      "{not} violate|break|cross these|this|the|any following? <+what> : <*rest>",
      "follow|respect|enforce these|this|the following? <+what> : <*rest>",
    ],
    ({ rest }) => fillers(rest.rest ?? []),
  ),
  ...sentenceForms(
    ["all|every|each|any <+kind> in|inside|within|under <place> must|should ,|:|—? <*rest>"],
    ({ names, rest }) => {
      const place = names.place?.texts.every(isPath) ? placeOfNames(names.place) : undefined;
      const isEverything = /^(?:code|files?|modules?|sources?|source files)$/.test(wordsOf(rest.kind));
      return place && isEverything ? { place, rest: rest.rest ?? [] } : undefined;
    },
  ),
  ...sentenceForms(["in|inside|within|under|for <place> ,|:|— <*rest>"], ({ names, rest }) => {
    const place = names.place && placeOfNames(names.place);
    return place && { place, rest: rest.rest ?? [] };
  }),
  ...sentenceForms(
    ["in|inside|within|for|when|across|throughout <+place> ,|:|— <*rest>", "in|for <+place> <*rest>"],
    ({ rest }) => {
      const place = rest.place && placeOfPhrase(rest.place);
      return place && { place, rest: rest.rest ?? [] };
    },
  ),
  ...sentenceForms(["for <+label> , <*rest>"], ({ rest }) => {
    const words = (rest.label ?? []).map(({ text }) => text);
    const isTopic = words.every((word) => TOPICS.has(word) || JOINTS.has(word) || OPERATIONS.has(word));
    return isTopic ? { place: NOWHERE, rest: rest.rest ?? [] } : undefined;
  }),
  ...sentenceForms(["<+label> :|— <*rest>"], ({ rest }) => labelled(rest.label ?? [], rest.rest ?? [])),
];

function fillers(rest: Sentence): Lead | undefined {
  return rest.length > 0 ? { place: NOWHERE, rest } : undefined;
}

function labelled(label: Sentence, rest: Sentence): Lead | undefined {
  const words = label.map(({ text }) => text);
  // "No default exports: use named ones" is the rule itself.
  if (rest.length === 0 || FORBIDS.has(words[0] ?? "")) return undefined;
  const place = placeOfWords(words.join(" "));
  if (place !== undefined) return { place, rest };
  return words.every((word) => TOPICS.has(word) || JOINTS.has(word)) ? { place: NOWHERE, rest } : undefined;
}

const OPERATIONS = new Set(
  "calls requests handling operations parsing formatting manipulation comparison fetching access new".split(" "),
);
const JOINTS = new Set(["and", "or", "&", "of", "the", "rules", "only"]);
const FORBIDS = new Set(["no", "never", "avoid", "not", "do", "use", "prefer", "keep", "only"]);
