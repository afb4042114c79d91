/** `alert list --incident`: what the sources say of an incident. `alert raise`: one that waits calls now. */
import type { Command } from "commander";
import { raiseAlert } from "../contract/alerts.ts";
import { readIncidentAlerts } from "../contract/incidents.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { addFields, fieldsOf, type Given, valuesOf } from "./fields.ts";
import { addExamples } from "./help.ts";
import { printTable, shownTime } from "./text.ts";

export function addAlert(program: Command, console: Console): void {
  const { said } = console;
  const { t } = said;
  const noun = program.command("alert").description(t("alert.what"));
  addExamples(noun, said, [
    ["alert list --incident INC-123", t("alert.example.list")],
    ["alert list --incident INC-123 --json", t("alert.example.json")],
    ['alert raise 0198… --reason "…"', t("alert.example.raise")],
  ]);
  const fields = fieldsOf(readIncidentAlerts.query);
  const list = noun
    .command("list")
    .description(t("alert.list"))
    .requiredOption(`--incident <${t("value.incident")}>`, t("incident.id"));
  addFields(list, fields, said);
  list.action(async (given: Given & { readonly incident: string }) => {
    const asked = { params: { id: given.incident }, query: valuesOf(fields, given, "query") };
    const page = await ask(console, readIncidentAlerts, asked);
    if (console.json) return console.printJson(page);
    if (page.data.length === 0) return console.tell(t("alert.none"));
    printTable(
      console,
      [
        t("column.state"),
        t("column.severity"),
        t("column.since"),
        t("column.count"),
        t("column.from"),
        t("column.title"),
      ],
      page.data.map((one) => [
        said.find(`alert.status.${one.status}`) ?? one.status,
        said.find(`severity.${one.severity}`) ?? one.severity,
        shownTime(console, one.openedAt),
        String(one.count),
        one.integration.name,
        one.title,
      ]),
    );
    if (page.nextCursor !== null) console.tell(t("list.more", { cursor: page.nextCursor }));
  });
  noun
    .command("raise")
    .description(t("alert.raise"))
    .argument("<alert>", t("alert.which"))
    .requiredOption(`--reason <${t("value.text")}>`, t("field.reason"))
    .action(async (id: string, { reason }: { readonly reason: string }) => {
      const raised = await ask(console, raiseAlert, { params: { id }, body: { reason } });
      if (console.json) return console.printJson(raised);
      console.tell(t("alert.raised", { title: raised.title, number: raised.incident?.number }));
    });
}
