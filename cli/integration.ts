/** `integration …`: the sources of alerts, what came of what they sent, and a test of one. */
import type { Command } from "commander";
import type { z } from "zod";
import { listIntegrations } from "../contract/account.ts";
import { type Received, readIntegrationLog, tryIntegration } from "../contract/integrations.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { exits } from "./exits.ts";
import { addExamples } from "./help.ts";
import { theOneMeant } from "./naming.ts";
import { printTable, shownTime } from "./text.ts";

type Listed = z.infer<typeof listIntegrations.output>["data"][number];

export function addIntegrations(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("integration").description(t("integration.what"));
  addExamples(noun, console.said, [
    ["integration list", t("integration.example.list")],
    ["integration events Prometheus", t("integration.example.events")],
    ["integration test Prometheus", t("integration.example.test")],
  ]);
  noun
    .command("list")
    .description(t("integration.list.what"))
    .action(async () => {
      const found = await ask(console, listIntegrations);
      if (console.json) return console.printJson(found);
      printIntegrations(console, found.data);
    });
  noun
    .command("events")
    .description(t("integration.events.what"))
    .argument("<source>", t("integration.source"))
    .action(async (source: string) => {
      const { id } = await find(console, source);
      const found = await ask(console, readIntegrationLog, { params: { id } });
      if (console.json) return console.printJson(found);
      if (found.data.length === 0) return console.tell(t("integration.events.none"));
      printEvents(console, found.data);
    });
  addTest(noun, console);
}

function addTest(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("test")
    .description(t("integration.test.what"))
    .argument("<source>", t("integration.source"))
    .option("--ends <key>", t("integration.test.ends"))
    .action(async (source: string, { ends }: { ends?: string }) => {
      const { id } = await find(console, source);
      const sent = await ask(console, tryIntegration, { params: { id }, body: { ends } });
      if (sent.outcome === "rejected") console.exit = exits.problemsFound;
      if (console.json) return console.printJson(sent);
      printEvents(console, [sent]);
      if (ends === undefined) console.tell(t("integration.test.later", { id, key: sent.key }));
    });
}

async function find(console: Console, text: string): Promise<Listed> {
  const { data } = await ask(console, listIntegrations);
  return theOneMeant(console, data, { text, namesOf: ({ name }) => [name] });
}

function printIntegrations(console: Console, all: readonly Listed[]): void {
  const { t, find: say } = console.said;
  printTable(
    console,
    [t("column.id"), t("contact.kind"), t("column.name"), t("integration.column.last")],
    all.map(({ id, kind, name, lastEvent }) => [
      id,
      say(`integration.${kind}`) ?? kind,
      name,
      lastEvent === null
        ? t("integration.never")
        : `${shownTime(console, lastEvent.at)} ${t(`integration.${lastEvent.outcome === "accepted" ? "accepted" : "rejected"}`)}`,
    ]),
  );
}

function printEvents(console: Console, events: readonly Received[]): void {
  const { t } = console.said;
  printTable(
    console,
    [t("integration.column.received"), t("integration.column.event"), t("integration.column.became")],
    events.flatMap((event) => linesOf(console, event).map((line) => [shownTime(console, event.at), ...line])),
  );
}

function linesOf({ said: { t, find: say } }: Console, { outcome, results, errors }: Received): [string, string][] {
  if (outcome === "rejected") return [["", `${t("integration.rejected")}: ${errors.join("; ")}`]];
  return results.map(({ key, became, because, alert, incident }) => {
    const reason = because && (say(`reason.ignored.${because}`) ?? say(`reason.joined.${because}`) ?? because);
    const words = [say(`intake.${became}`) ?? became, incident?.number].filter(Boolean).join(" ");
    return [alert?.title ?? key, [words, reason].filter(Boolean).join(", ")];
  });
}
