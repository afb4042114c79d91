/** `impact …`: what an incident hurts: services, domains over time, vital functions; one verb for each command. */
import type { Command } from "commander";
import { type ImpactView, impactBodies, impactEndpoints, readImpact } from "../contract/impact.ts";
import { type ImpactCommandName, impactCommands } from "../core/kernel/impact-words.ts";
import { languageOfLocale } from "../core/kernel/vocabulary.ts";
import { impact } from "../languages/impact.ts";
import { createMessages } from "../languages/messages.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { nameToIds } from "./directory.ts";
import { addFields, fieldsOf, type Given, valuesOf } from "./fields.ts";
import { addExamples } from "./help.ts";
import { plain, printTable, shownTime, style } from "./text.ts";

export function addImpact(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("impact").description(t("impact.what"));
  addExamples(noun, console.said, [
    ["impact show INC-123", t("impact.example.show")],
    ["impact state-affected INC-123 --service Payroll --status down", t("impact.example.state")],
    ["impact measure-impact INC-123 --domain customers --magnitude high --people 300", t("impact.example.measure")],
  ]);
  noun
    .command("show")
    .description(t("impact.show"))
    .argument("<incident>", t("incident.id"))
    .action(async (id: string) => shown(console, await ask(console, readImpact, { params: { id } })));
  for (const name of impactCommands) addAct(noun, console, name);
}

function addAct(noun: Command, console: Console, name: ImpactCommandName): void {
  const { t } = console.said;
  const endpoint = impactEndpoints.find(({ path }) => path.endsWith(`/impact/${name}`));
  if (!endpoint) throw new Error(`no endpoint for ${name}`);
  const fields = fieldsOf(impactBodies[name]);
  const command = noun
    .command(name)
    .description(t(`impact.${name}`))
    .argument("<incident>", t("incident.id"));
  addFields(command, fields, console.said);
  command.action(async (id: string, given: Given) => {
    const body = valuesOf(fields, given);
    await nameToIds(console, fields, body);
    shown(console, (await ask(console, endpoint, { params: { id }, body })) as ImpactView);
  });
}

function shown(console: Console, view: ImpactView): void {
  if (console.json) return console.printJson(view);
  const { t } = createMessages(console.locale, impact);
  const nameOf = (one: { readonly nameFr: string; readonly nameEn: string }): string =>
    plain(languageOfLocale(console.locale) === "fr" ? one.nameFr : one.nameEn);
  const { incident, affected, proposed, domains, functions } = view;
  console.print(style(console, `${incident.number}  ${plain(incident.title)}`, "strong"));
  for (const one of functions)
    console.print(`${t("functions")}: ${nameOf(one.function)}  ${t(`function.${one.status}`)}`);
  if (domains.length > 0)
    printTable(
      console,
      [t("table.domain"), t("table.magnitude"), t("curve.peak", { magnitude: "" }).trim(), t("table.from")],
      domains.map((one) => [
        nameOf(one),
        t(`magnitude.${one.now}`),
        t(`magnitude.${one.peak}`),
        one.startedAt === null ? "" : shownTime(console, one.startedAt),
      ]),
    );
  if (affected.length > 0)
    printTable(
      console,
      [t("affected"), t("field.status"), t("field.since")],
      affected.map((one) => [nameOf(one.service), t(`status.${one.status}`), shownTime(console, one.since)]),
    );
  if (proposed.length > 0)
    printTable(
      console,
      [t("proposed"), t("field.status"), ""],
      proposed.map((one) => [
        nameOf(one.service),
        t(`status.${one.harm}`),
        t("proposed.why", { kind: one.kind === "needs" ? "needs" : "other", through: nameOf(one.through) }),
      ]),
    );
}
