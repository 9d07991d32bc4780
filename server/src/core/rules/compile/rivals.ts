import { type Choice, type ChoiceMember, choices } from "./choices";

const byPurpose = new Map<string, Choice[]>();
for (const choice of choices)
  for (const purpose of choice.purposes) byPurpose.set(purpose, [...(byPurpose.get(purpose) ?? []), choice]);

/** What is not used, and the name of what is. */
export interface Rivals {
  names: string[];
  chosen: string;
  choice: Choice;
}

/** What is left out by choosing a tool for a purpose, and in which languages. */
export function rivalsOf(tool: string, purpose: string): Rivals | undefined {
  const whole = purpose.replace(/^(?:(?:all|any|the|our|your|every|new) )+/, "");
  for (const choice of byPurpose.get(purpose) ?? byPurpose.get(whole) ?? []) {
    const found = without(tool, choice);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same of a package manager, which needs no purpose to be known. */
export function rivalManagers(tool: string): Rivals | undefined {
  return rivalsOf(tool, "package management");
}

/** One tool and the one it replaces, as people call them; `undefined` unless both are for the same. */
export function rivalPair(tool: string, other: string): Rivals | undefined {
  const isCalled =
    (name: string) =>
    ({ called, names }: ChoiceMember): boolean =>
      called.includes(name) || names.includes(name);
  for (const choice of choices) {
    const [chosen, rival] = [choice.members.find(isCalled(tool)), choice.members.find(isCalled(other))];
    if (chosen === undefined || rival === undefined || chosen === rival || rival.names.length === 0) continue;
    return { names: [...rival.names], chosen: chosen.names[0] ?? tool, choice };
  }
  return undefined;
}

function without(tool: string, choice: Choice): Rivals | undefined {
  const name = tool.toLowerCase().replace(/(?: library| package| framework)$/, "");
  const chosen = choice.members.find(
    ({ called, names }) =>
      called.includes(name) ||
      names.some((each) => each === name || (each.includes("/") && name.startsWith(`${each}/`))),
  );
  if (chosen === undefined) return undefined;
  return {
    names: choice.members.filter((member) => member !== chosen).flatMap(({ names }) => names),
    chosen: chosen.names[0] ?? tool,
    choice,
  };
}
