/** `incident …`: read, record, and one verb for each command of the core. */

import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { readIncidentClocks } from "../contract/clocks.ts";
import { commandBodies } from "../contract/command-bodies.ts";
import {
  commandEndpoints,
  exportIncident,
  incidentsFilter,
  listIncidents,
  newIncident,
  readIncident,
  readIncidentProcess,
  readTimeline,
  recordIncident,
} from "../contract/incidents.ts";
import { readSimilar } from "../contract/recording.ts";
import type { IncidentView } from "../contract/shapes.ts";
import { type IncidentCommandName, incidentCommands } from "../core/directory/responsibility.ts";
import { ask, askText } from "./api.ts";
import { printClocks } from "./clocks-text.ts";
import { type Console, fromHere } from "./console.ts";
import { nameToIds } from "./directory.ts";
import { Ended, exits } from "./exits.ts";
import { addFields, type Field, fieldsOf, type Given, valuesOf } from "./fields.ts";
import { addExamples } from "./help.ts";
import { printIncident, printIncidents, printSimilar, printTimeline, stageAndPriority } from "./incident-text.ts";
import { addObligations } from "./obligations.ts";
import { printProcess } from "./process-text.ts";
import { addIncidentTeams } from "./team.ts";
import { addWatching } from "./watching.ts";

export function addIncident(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("incident").description(t("incident.what"));
  addExamples(noun, console.said, [
    ["incident list --open", t("incident.example.list")],
    [`incident record "${t("incident.example.title")}" --impact 2 --urgency 2`, t("incident.example.record")],
    ["incident accept INC-123", t("incident.example.accept")],
  ]);
  addReading(noun, console);
  addRecord(noun, console);
  addExport(noun, console);
  addWatching(noun, console);
  for (const name of incidentCommands) addAct(noun, console, name);
}

function addReading(noun: Command, console: Console): void {
  const { said } = console;
  const filters = fieldsOf(incidentsFilter);
  const list = noun.command("list").description(said.t("incident.list"));
  addFields(list, filters, said);
  list.action(async (given: Given) => {
    const query = valuesOf(filters, given, "query");
    await nameToIds(console, filters, query);
    const page = await ask(console, listIncidents, { query });
    if (console.json) return console.printJson(page);
    for (const { code, part } of page.problems)
      console.tell(said.t("search.problem", { part, because: said.find(`query.problem.${code}`) ?? code }));
    printIncidents(console, page.data);
    if (page.nextCursor !== null) console.tell(said.t("list.more", { cursor: page.nextCursor }));
  });
  noun
    .command("show")
    .description(said.t("incident.show"))
    .argument("<incident>", said.t("incident.id"))
    .action(async (id: string) => {
      const incident = await ask(console, readIncident, { params: { id } });
      if (console.json) console.printJson(incident);
      else printIncident(console, incident);
    });
  noun
    .command("process")
    .description(said.t("incident.process"))
    .argument("<incident>", said.t("incident.id"))
    .action(async (id: string) => {
      const process = await ask(console, readIncidentProcess, { params: { id } });
      if (console.json) console.printJson(process);
      else printProcess(console, process);
    });
  addClocks(noun, console);
  addIncidentTeams(noun, console);
  addObligations(noun, console);
  addSimilar(noun, console);
  const entries = fieldsOf(readTimeline.query);
  const timeline = noun
    .command("timeline")
    .description(said.t("incident.timeline"))
    .argument("<incident>", said.t("incident.id"));
  addFields(timeline, entries, said);
  timeline.action(async (id: string, given: Given) => {
    const query = valuesOf(entries, given, "query");
    const { data } = await ask(console, readTimeline, { params: { id }, query });
    if (console.json) console.printJson({ data });
    else printTimeline(console, data);
  });
}

function addClocks(noun: Command, console: Console): void {
  noun
    .command("clocks")
    .description(console.said.t("incident.clocks"))
    .argument("<incident>", console.said.t("incident.id"))
    .action(async (id: string) => {
      const clocks = await ask(console, readIncidentClocks, { params: { id } });
      if (console.json) console.printJson(clocks);
      else printClocks(console, clocks);
    });
}

function addSimilar(noun: Command, console: Console): void {
  noun
    .command("similar")
    .description(console.said.t("incident.similar"))
    .argument("<incident>", console.said.t("incident.id"))
    .action(async (id: string) => {
      const found = await ask(console, readSimilar, { params: { id } });
      if (console.json) console.printJson(found);
      else printSimilar(console, found.data);
    });
}

type Acting = Given & { readonly idempotencyKey?: string };

function addKey(command: Command, console: Console): Command {
  const { t } = console.said;
  return command.option(`--idempotency-key <${t("value.text")}>`, t("field.idempotencyKey"));
}

function addRecord(noun: Command, console: Console): void {
  const { t } = console.said;
  const fields = fieldsOf(newIncident).filter(({ name }) => name !== "title");
  const command = noun
    .command("record")
    .description(t("incident.record"))
    .argument(`<${t("value.title")}>`, t("field.title"));
  addFields(command, fields, console.said);
  addKey(command, console).action(async (title: string, given: Acting) => {
    const body = { title, ...valuesOf(fields, given) };
    await nameToIds(console, fields, body);
    const made = await ask(console, recordIncident, { body, idempotencyKey: given.idempotencyKey });
    if (console.json) return console.printJson(made);
    console.print(made.number);
    console.tell(t("incident.recorded", { state: stageAndPriority(console, made) }));
  });
}

function addExport(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("export")
    .description(t("incident.export"))
    .argument("<incident>", t("incident.id"))
    .option(`-o, --output <${t("value.file")}>`, t("incident.export.output"))
    .action(async (id: string, { output }: { readonly output?: string }) => {
      const text = await askText(console, exportIncident, { params: { id } });
      if (output === undefined || output === "-") return console.world.write(text.endsWith("\n") ? text : `${text}\n`);
      await writeFile(fromHere(console.world, output), text, { mode: 0o600 }).catch((error: Error) => {
        throw new Ended(
          exits.failure,
          "file-unwritable",
          t("incident.export.failed", { file: output, cause: error.message }),
        );
      });
      console.tell(t("incident.exported", { file: output }));
    });
}

function addAct(noun: Command, console: Console, name: IncidentCommandName): void {
  const { said } = console;
  const endpoint = commandEndpoints.find(({ path }) => path.endsWith(`/:id/${name}`));
  if (!endpoint) throw new Error(`no endpoint for ${name}`);
  const fields: readonly Field[] = fieldsOf(commandBodies[name]);
  const command = noun
    .command(name)
    .description(said.t(`command.${name}.title`))
    .argument("<incident>", said.t("incident.id"));
  addFields(command, fields, said);
  addKey(command, console).action(async (id: string, given: Acting) => {
    const body = valuesOf(fields, given);
    await nameToIds(console, fields, body);
    const asked = { params: { id }, body, idempotencyKey: given.idempotencyKey };
    const after = (await ask(console, endpoint, asked)) as IncidentView;
    if (console.json) console.printJson(after);
    else console.print(`${after.number}  ${stageAndPriority(console, after)}`);
  });
}
