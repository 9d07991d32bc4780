import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { commands as commandIds } from "../../server/src/protocol/messages";
import { BriefFiles } from "./brief";
import { startClient } from "./client";
import {
  clearStoredAnalysis,
  explainThisFunction,
  openSettings,
  showLog,
  showRules,
  showWalkthrough,
} from "./commands";
import { DueStatus } from "./dueStatus";
import { languageIds } from "./languages";
import { quizOnChanges, quizOnDue, quizOnFunction, waiveExplanation } from "./quizCommands";
import { QuizPanels } from "./quizPanel";
import { recordScar, scarActions } from "./recordScar";
import { reviewExplanations } from "./reviewExplanations";
import { showRuleCode } from "./ruleCommands";
import { RulesTree, searchRules } from "./rulesTree";
import { watchStatus } from "./status";

/** What the extension tells its tests. */
export interface ExtensionApi {
  activationMilliseconds: number;
}

let client: LanguageClient | undefined;
let briefFiles: BriefFiles | undefined;

/** Registers and returns; the server starts in the background. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const start = performance.now();
  const log = vscode.window.createOutputChannel("Fathom", { log: true });
  const briefs = new BriefFiles(context);
  briefFiles = briefs;
  let due: DueStatus | undefined;
  const clientStarts = startClient(context, log).then((started) => {
    client = started;
    watchStatus(started, context);
    due = new DueStatus(started);
    context.subscriptions.push(due);
    return started;
  });
  clientStarts.catch((error) => {
    log.error(error);
    void vscode.window
      .showErrorMessage(vscode.l10n.t("Fathom could not start. The log says why."), vscode.l10n.t("Show log"))
      .then((choice) => choice && log.show());
  });
  const rules = new RulesTree(() => clientStarts);
  rules.show(context);
  const quizzes = new QuizPanels(
    context,
    () => clientStarts,
    log,
    () => due?.lookUpSoon(),
  );
  quizzes.register();
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand(commandIds.explainFunction, async (...place: unknown[]) => {
      if (await quizzes.mayExplain(place)) await explainThisFunction(await clientStarts, briefs, place);
    }),
    vscode.commands.registerCommand(commandIds.showRules, async (...place: unknown[]) =>
      showRules(await clientStarts, place),
    ),
    vscode.commands.registerCommand(commandIds.showRuleCode, async (...target: unknown[]) =>
      showRuleCode(await clientStarts, target),
    ),
    vscode.commands.registerCommand(commandIds.recordScar, async (...target: unknown[]) =>
      recordScar(await clientStarts, target),
    ),
    vscode.commands.registerCommand(commandIds.quizFunction, (...place: unknown[]) => quizOnFunction(quizzes, place)),
    vscode.commands.registerCommand("fathom.quizUncommitted", async () =>
      quizOnChanges(await clientStarts, quizzes, "commit"),
    ),
    vscode.commands.registerCommand("fathom.quizBranch", async () =>
      quizOnChanges(await clientStarts, quizzes, "branch"),
    ),
    vscode.commands.registerCommand("fathom.quizDue", async () => quizOnDue(await clientStarts, quizzes)),
    vscode.commands.registerCommand(commandIds.waiveExplanation, async (...place: unknown[]) =>
      waiveExplanation(await clientStarts, place),
    ),
    vscode.commands.registerCommand("fathom.reviewExplanations", async () =>
      reviewExplanations(await clientStarts, briefs),
    ),
    vscode.languages.registerCodeActionsProvider([...languageIds], scarActions),
    vscode.commands.registerCommand("fathom.searchRules", () => searchRules(rules)),
    vscode.commands.registerCommand("fathom.showLog", () => showLog(log)),
    vscode.commands.registerCommand("fathom.openSettings", openSettings),
    vscode.commands.registerCommand("fathom.openWalkthrough", () => showWalkthrough(context)),
    vscode.commands.registerCommand("fathom.clearCache", async () => clearStoredAnalysis(await clientStarts)),
    vscode.commands.registerCommand("fathom.restartServer", async () => (await clientStarts).restart()),
  );
  return { activationMilliseconds: performance.now() - start };
}

export async function deactivate(): Promise<void> {
  await Promise.all([client?.stop(), briefFiles?.clear()]);
}
