/** `incident obligations` and `incident obligation-draft`: what laws want told of an incident, and what is prepared to be told. */
import type { Command } from "commander";
import {
  type IncidentObligations,
  type LegView,
  readIncidentObligations,
  readObligationDraft,
} from "../contract/incident-obligations.ts";
import { createMessages } from "../languages/messages.ts";
import { obligationPages } from "../languages/obligation-pages.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { type Cell, printTable, type Style, shownTime, style } from "./text.ts";

export function addObligations(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("obligations")
    .description(t("incident.obligations"))
    .argument("<incident>", t("incident.id"))
    .action(async (id: string) => {
      const found = await ask(console, readIncidentObligations, { params: { id } });
      if (console.json) console.printJson(found);
      else printObligations(console, found);
    });
  noun
    .command("obligation-draft")
    .description(t("incident.draft"))
    .argument("<incident>", t("incident.id"))
    .requiredOption(`--law <${t("value.text")}>`, t("field.law"))
    .requiredOption(`--leg <${t("value.text")}>`, t("field.leg"))
    .action(async (id: string, { law, leg }: { readonly law: string; readonly leg: string }) => {
      const draft = await ask(console, readObligationDraft, { params: { id }, query: { law, leg } });
      if (console.json) console.printJson(draft);
      else console.world.write(draft.text);
    });
}

function printObligations(console: Console, { data }: IncidentObligations): void {
  const { t } = console.said;
  const { t: say } = createMessages(console.locale, obligationPages);
  if (data.length === 0) return console.tell(t("incident.obligations.none"));
  for (const [index, law] of data.entries()) {
    if (index > 0) console.print("");
    const outcome = law.assessment ? say(`outcome.${law.assessment.outcome}`) : law.proposed ? say("to-assess") : "";
    console.print(`${style(console, law.name, "strong")}  ${[law.id, outcome].filter(Boolean).join(" · ")}`);
    const legs = law.legs.filter(({ standing }) => standing !== "not-owed");
    if (legs.length === 0) continue;
    printTable(
      console,
      [t("column.id"), t("column.leg"), t("column.state"), t("column.due"), ""],
      legs.map((leg): Cell[] => [
        leg.id,
        leg.name,
        { text: stateOf(say, leg), style: styleOf(leg) },
        shownTime(console, leg.pressesAt),
        leg.pressesAt === null ? "" : t("obligations.missing", { count: leg.missing }),
      ]),
    );
  }
}

function stateOf(say: ReturnType<typeof createMessages<[typeof obligationPages]>>["t"], leg: LegView): string {
  if (leg.submissions.length > 0 && leg.pressesAt === null) return say("standing.submitted");
  return say(`standing.${leg.standing}`);
}

const styleOf = ({ overdue, submissions }: LegView): Style | null =>
  overdue ? "red" : submissions.length > 0 ? "green" : null;
