/** `change list`: what other tools changed, of one service or beside an incident. */
import type { Command } from "commander";
import { listChanges, readIncidentChanges } from "../contract/changes.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { addFields, fieldsOf, type Given, valuesOf } from "./fields.ts";
import { addExamples } from "./help.ts";
import { printTable, shownTime } from "./text.ts";

export function addChange(program: Command, console: Console): void {
  const { said } = console;
  const { t } = said;
  const noun = program.command("change").description(t("change.what"));
  addExamples(noun, said, [
    ["change list", t("change.example.list")],
    ["change list --incident INC-123", t("change.example.incident")],
    ["change list --json", t("change.example.json")],
  ]);
  const fields = fieldsOf(listChanges.query);
  const list = noun
    .command("list")
    .description(t("change.list"))
    .option(`--incident <${t("value.incident")}>`, t("incident.id"));
  addFields(list, fields, said);
  list.action(async (given: Given & { readonly incident?: string }) => {
    const query = valuesOf(fields, given, "query");
    const page =
      given.incident === undefined
        ? await ask(console, listChanges, { query })
        : await ask(console, readIncidentChanges, { params: { id: given.incident }, query });
    if (console.json) return console.printJson(page);
    if (page.data.length === 0) return console.tell(t("change.none"));
    printTable(
      console,
      [t("column.at"), t("column.from"), t("column.title")],
      page.data.map((one) => [shownTime(console, one.at), one.source ?? one.integration.name, one.summary]),
    );
    if (page.nextCursor !== null) console.tell(t("list.more", { cursor: page.nextCursor }));
  });
}
