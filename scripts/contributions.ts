import type { SettingDefinition } from "../server/src/core/base/settings";
import { settingDefinitions } from "../server/src/core/engine/settings";

/** Commands as package.json wants them; ids are registered in client/src/extension.ts. */
const commands = [
  {
    command: "fathom.explainFunction",
    title: "Explain this function",
    enablement: "editorLangId =~ /^(go|python|java|(java|type)script(react)?)$/",
  },
  {
    command: "fathom.showRules",
    title: "Show the rules that apply here",
    enablement: "editorLangId =~ /^(go|python|java|(java|type)script(react)?)$/",
  },
  {
    command: "fathom.quizFunction",
    title: "Quiz me on this function",
    enablement: "editorLangId =~ /^(go|python|java|(java|type)script(react)?)$/",
  },
  {
    command: "fathom.quizUncommitted",
    title: "Quiz me on my uncommitted changes",
    enablement: "workspaceFolderCount > 0",
  },
  {
    command: "fathom.quizBranch",
    title: "Quiz me on this branch",
    enablement: "workspaceFolderCount > 0",
  },
  { command: "fathom.quizDue", title: "Quiz me on what is due", enablement: "workspaceFolderCount > 0" },
  {
    command: "fathom.waiveExplanation",
    title: "Do without an explanation of this function",
    enablement: "editorLangId =~ /^(go|python|java|(java|type)script(react)?)$/",
  },
  { command: "fathom.reviewExplanations", title: "Review explanations", enablement: "workspaceFolderCount > 0" },
  { command: "fathom.recordScar", title: "Record a scar: write a rule from what happened", icon: "$(add)" },
  { command: "fathom.searchRules", title: "Search the rules of this workspace", icon: "$(search)" },
  { command: "fathom.showRuleCode", title: "Show the code this rule governs", icon: "$(references)" },
  { command: "fathom.openWalkthrough", title: "Get started" },
  { command: "fathom.openSettings", title: "Open settings" },
  { command: "fathom.showLog", title: "Show log" },
  { command: "fathom.clearCache", title: "Clear cache" },
  { command: "fathom.restartServer", title: "Restart the language server" },
];

/** The parts of package.json that are made from typed definitions. */
export function contributions() {
  return {
    commands: commands.map((command) => ({ ...command, category: "Fathom" })),
    // Read by the YAML extension, where somebody has it.
    yamlValidation: [{ fileMatch: ".fathom/rules.yaml", url: "./docs/schema/rules.schema.json" }],
    viewsContainers: {
      activitybar: [{ id: "fathom", title: "Fathom", icon: "media/view.svg" }],
    },
    views: {
      fathom: [{ id: "fathom.rules", name: "Rules", icon: "media/view.svg" }],
    },
    viewsWelcome: [
      {
        view: "fathom.rules",
        contents:
          "No CLAUDE.md, AGENTS.md or other instruction file with rules was found here.\n[Record a scar](command:fathom.recordScar)\nA rule is an outage compressed into a sentence: Fathom shows it where it applies and checks what can be checked.",
      },
    ],
    menus: {
      "view/title": [
        { command: "fathom.recordScar", group: "navigation@1", when: "view == fathom.rules" },
        { command: "fathom.searchRules", group: "navigation@2", when: "view == fathom.rules" },
      ],
      "view/item/context": [
        {
          command: "fathom.showRuleCode",
          group: "inline",
          when: "view == fathom.rules && viewItem == ruleWithCode",
        },
        {
          command: "fathom.showRuleCode",
          group: "navigation@1",
          when: "view == fathom.rules && viewItem == ruleWithCode",
        },
      ],
      commandPalette: [{ command: "fathom.showRuleCode", when: "editorLangId == markdown" }],
      "editor/context": [
        { command: "fathom.recordScar", group: "navigation@91", when: "editorHasSelection" },
        {
          command: "fathom.explainFunction",
          group: "navigation@90",
          when: "editorLangId =~ /^(go|python|java|(java|type)script(react)?)$/",
        },
        {
          command: "fathom.quizFunction",
          group: "navigation@90",
          when: "editorLangId =~ /^(go|python|java|(java|type)script(react)?)$/",
        },
      ],
    },
    configuration: {
      title: "Fathom",
      properties: {
        ...Object.fromEntries(
          Object.entries(settingDefinitions).map(([key, definition]) => [`fathom.${key}`, property(definition)]),
        ),
        "fathom.trace.server": {
          type: "string",
          enum: ["off", "messages", "verbose"],
          default: "off",
          scope: "window",
          description: "What of the conversation with the language server goes into the log.",
        },
      },
    },
    walkthroughs: [
      {
        id: "start",
        title: "Know what your code does",
        description:
          "Find the functions nobody can explain, understand them, and see the rules your team wrote where they apply.",
        steps: [
          step(
            "see",
            "See what nobody can explain",
            "Open a Go, Python, TypeScript, JavaScript or Java file. A quiet line stands above functions nobody has explained, and the Problems panel lists the hardest ones of the workspace.\n[Show problems](command:workbench.actions.view.problems)",
            "A function with a lens above it",
          ),
          step(
            "understand",
            "Understand one",
            "The brief tells what a function takes and returns, what it calls, how it fails, and where its edges are.\n[Explain this function](command:fathom.explainFunction)",
            "A brief beside the code",
          ),
          step(
            "rules",
            "Meet the rules where they apply",
            "Hover over a call: the rules of CLAUDE.md and AGENTS.md that name it are there, with the line they come from.\n[Show the rules that apply here](command:fathom.showRules)",
            "A hover that shows a rule",
          ),
        ],
      },
    ],
  };
}

function step(id: string, title: string, description: string, altText: string) {
  return { id, title, description, media: { svg: `media/walkthrough-${id}.svg`, altText } };
}

function property(definition: SettingDefinition): Record<string, unknown> {
  const { description, scope = "resource" } = definition;
  const common = { markdownDescription: description, scope, default: definition.default };
  switch (definition.type) {
    case "integer":
    case "number":
      return { type: definition.type, minimum: definition.minimum, maximum: definition.maximum, ...common };
    case "strings":
      return { type: "array", items: { type: "string" }, ...common };
    case "string":
      return { type: "string", enum: definition.enum, ...common };
    case "object":
      return { ...definition.schema, ...common };
    default:
      return { type: "boolean", ...common };
  }
}
