/** `security …`: the threat, observables, evidence and disclosures of an incident; one verb for each command. */
import type { Command } from "commander";
import {
  exportObservables,
  readManifest,
  readSecurity,
  type SecurityView,
  securityBodies,
  securityEndpoints,
} from "../contract/security.ts";
import { type SecurityCommandName, securityCommands } from "../core/kernel/security-words.ts";
import { createMessages } from "../languages/messages.ts";
import { security } from "../languages/security.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { nameToIds } from "./directory.ts";
import { addFields, fieldsOf, type Given, valuesOf } from "./fields.ts";
import { addExamples } from "./help.ts";
import { plain, printTable, shownTime, style } from "./text.ts";

export function addSecurity(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("security").description(t("security.what"));
  addExamples(noun, console.said, [
    ["security show INC-123", t("security.example.show")],
    ["security add-observables INC-123 --value hxxp://bad[.]example", t("security.example.observables")],
    ['security hand-over-evidence INC-123 --evidence 1 --person me --reason "…"', t("security.example.hand-over")],
  ]);
  noun
    .command("show")
    .description(t("security.show"))
    .argument("<incident>", t("incident.id"))
    .action(async (id: string) => shown(console, await ask(console, readSecurity, { params: { id } })));
  addTaking(noun, console);
  for (const name of securityCommands) addAct(noun, console, name);
}

/** For other programs: as JSON, whatever was asked. */
function addTaking(noun: Command, console: Console): void {
  const { t } = console.said;
  noun
    .command("observables")
    .description(t("security.observables"))
    .argument("<incident>", t("incident.id"))
    .action(async (id: string) => console.printJson(await ask(console, exportObservables, { params: { id } })));
  const fields = fieldsOf(readManifest.query);
  const manifest = noun
    .command("manifest")
    .description(t("security.manifest"))
    .argument("<incident>", t("incident.id"));
  addFields(manifest, fields, console.said);
  manifest.action(async (id: string, given: Given) => {
    const query = valuesOf(fields, given, "query") as { disclosure: number };
    console.printJson(await ask(console, readManifest, { params: { id }, query }));
  });
}

function addAct(noun: Command, console: Console, name: SecurityCommandName): void {
  const { t } = console.said;
  const endpoint = securityEndpoints.find(({ path }) => path.endsWith(`/security/${name}`));
  if (!endpoint) throw new Error(`no endpoint for ${name}`);
  const fields = fieldsOf(securityBodies[name]);
  const command = noun
    .command(name)
    .description(t(`security.${name}`))
    .argument("<incident>", t("incident.id"));
  addFields(command, fields, console.said);
  command.action(async (id: string, given: Given) => {
    const body = valuesOf(fields, given);
    await nameToIds(console, fields, body);
    shown(console, (await ask(console, endpoint, { params: { id }, body })) as SecurityView);
  });
}

function shown(console: Console, view: SecurityView): void {
  if (console.json) return console.printJson(view);
  const { t } = createMessages(console.locale, security);
  const { incident, threat, observables, evidence, disclosures } = view;
  console.print(style(console, `${incident.number}  ${plain(incident.title)}`, "strong"));
  const standing = threat.eradicated ? "gone" : threat.contained ? "held" : "none";
  console.print(`${t("threat")}: ${t(`threat.${standing}`)}`);
  const heads = (...names: ("kind" | "value" | "status" | "tlp" | "note")[]) => names.map((one) => t(`csv.${one}`));
  if (observables.length > 0)
    printTable(
      console,
      [t("csv.number"), ...heads("kind", "value", "status", "tlp"), t("observable.also")],
      observables.map((one) => [
        String(one.number),
        t(`kind.${one.kind}`),
        plain(one.defanged),
        t(`status.${one.status}`),
        one.tlp?.toUpperCase() ?? "",
        one.alsoOn.map(({ number }) => number).join(" "),
      ]),
    );
  if (evidence.length > 0)
    printTable(
      console,
      [t("evidence"), t("field.description"), t("custody"), t("evidence.hash"), t("evidence.collected")],
      evidence.map((one) => [
        t("evidence.id", { number: one.number }),
        plain(one.description),
        plain(one.keeper.name),
        one.file?.sha256 ?? plain(one.place ?? ""),
        shownTime(console, one.collectedAt),
      ]),
    );
  for (const one of disclosures)
    console.print(
      `${t("disclosure.for", { number: one.number, to: plain(one.to) })}  ${t(`disclosure.${one.status}`)}`,
    );
}
