/** `maintenance add`, `noise-rule add`: what it would do is shown first, and only `--yes` saves it. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { z } from "zod";
import { listServices } from "../contract/directory.ts";
import { addMaintenanceWindow, type Plan, previewMaintenanceWindow } from "../contract/noise.ts";
import { addNoiseRule, type Definition, definition, previewNoiseRule } from "../contract/noise-rules.ts";
import { parseIso, toIso } from "../core/kernel/time.ts";
import type { Matcher } from "../core/noise/matching.ts";
import { noiseRuleKinds } from "../core/noise/rules.ts";
import { readMatcher } from "../core/noise/spelling.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { readDefinition } from "./definition-file.ts";
import { Ended, exits } from "./exits.ts";
import { flagOf, wholeNumber } from "./fields.ts";
import { durationOption } from "./heartbeat.ts";
import { theOneMeant } from "./naming.ts";
import { printFacts, printTable, shownTime } from "./text.ts";

type Planning = {
  readonly name: string;
  readonly reason: string;
  readonly service: readonly string[];
  readonly at?: string;
  readonly for?: number;
  readonly plan?: string;
  readonly yes?: true;
};

export function addMaintenanceAdding(noun: Command, console: Console): void {
  const { t, find } = console.said;
  const repeated = (words: string): string => `${words} ${t("help.repeated")}`;
  noun
    .command("add")
    .description(t("maintenance.add.what"))
    .requiredOption(`--name <${t("value.text")}>`, t("noise.name"))
    .requiredOption(`--reason <${t("value.text")}>`, t("noise.reason"))
    .addOption(
      new Option(`--service <${t("value.text")}>`, repeated(t("maintenance.service")))
        .argParser(gathered)
        .makeOptionMandatory(),
    )
    .option("--at <time>", t("maintenance.at"))
    .addOption(durationOption(console, "--for <duration>", t("maintenance.for")))
    .option(`--plan <${find("value.file") ?? ""}>`, t("maintenance.plan"))
    .option("--yes", t("noise.yes"))
    .action(async ({ name, reason, service, yes, ...when }: Planning) => {
      const plan = await planOf(console, when);
      const { data } = await ask(console, listServices);
      const services = service.map((text) => {
        const namesOf = (one: (typeof data)[number]) => [one.nameFr, one.nameEn];
        return theOneMeant(console, data, { text, namesOf }).id;
      });
      if (yes) {
        const body = { name, reason, services, plan };
        return done(console, await ask(console, addMaintenanceWindow, { body }), name);
      }
      const found = await ask(console, previewMaintenanceWindow, { body: { plan } });
      if (console.json) return console.printJson(found);
      if (found.occurrences.length === 0) console.tell(t("maintenance.never"));
      else
        printTable(
          console,
          [t("column.since"), t("column.until")],
          found.occurrences.map(({ from, until }) => [shownTime(console, from), shownTime(console, until)]),
        );
      console.tell(t("noise.not-saved"));
    });
}

/** Once, from now on or from a time; or as a file has it. */
async function planOf(
  console: Console,
  { at, for: seconds, plan }: Pick<Planning, "at" | "for" | "plan">,
): Promise<Plan> {
  const { t } = console.said;
  if (plan !== undefined) {
    if (seconds !== undefined || at !== undefined) throw new Ended(exits.usage, "two-plans", t("maintenance.one-plan"));
    return (await readDefinition(console, plan, t("maintenance.not-a-plan", { file: plan }))) as Plan;
  }
  if (seconds === undefined) throw new Ended(exits.usage, "no-plan", t("maintenance.one-plan"));
  const from = at === undefined ? console.world.now() : parseIso(at);
  if (from === undefined) throw new Ended(exits.usage, "not-a-time", t("maintenance.not-a-time", { text: at }));
  return { once: { from: toIso(from), until: toIso(from + seconds * 1_000) } };
}

const gathered = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value];

type Ruling = {
  readonly name: string;
  readonly text?: string;
  readonly service?: string;
  readonly integration?: string;
  readonly match?: readonly Matcher[];
  readonly label?: readonly string[];
  readonly yes?: true;
} & Readonly<Record<string, unknown>>;

type NewRule = z.input<typeof addNoiseRule.body>;

export function addRuleAdding(noun: Command, console: Console): void {
  const { t } = console.said;
  const kinds = noiseRuleKinds.join(", ");
  const command = noun
    .command("add")
    .description(t("noise-rule.add.what"))
    .argument("<kind>", t("noise-rule.add.kind", { kinds }))
    .requiredOption(`--name <${t("value.text")}>`, t("noise.name"))
    .option(`--text <${t("value.text")}>`, t("silence.text"))
    .option("--service <id>", t("silence.service"))
    .option("--integration <id>", t("silence.integration"))
    .addOption(matcherOption(console, "--match", t("noise-rule.field.match")));
  addDefining(command, console);
  command.option("--yes", t("noise.yes")).action(async (kind: string, { name, yes, ...given }: Ruling) => {
    const known = noiseRuleKinds.find((one) => one === kind);
    if (known === undefined) throw new Ended(exits.usage, "kind-unknown", t("usage.possible", { values: kinds }));
    const { text, service, integration, match, label, ...defining } = given;
    refuseUnfit(console, known, defining);
    const told = {
      ...defining,
      ...(label && { labels: label }),
      kind: known,
    } as unknown as NewRule["definition"];
    const about = { text, service, integration, ...(match && { matchers: [...match] }) };
    if (yes)
      return done(console, await ask(console, addNoiseRule, { body: { name, ...about, definition: told } }), name);
    const found = await ask(console, previewNoiseRule, { body: { ...about, definition: told } });
    if (console.json) return console.printJson(found);
    printFound(console, found);
    console.tell(t("noise.not-saved"));
  });
}

/** What its kind has no use for is refused by name. */
function refuseUnfit({ said: { t } }: Console, kind: Definition["kind"], defining: object): void {
  const fit = definition.options.find(({ shape }) => shape.kind.value === kind);
  const unfit = Object.keys(defining).find((name) => fit !== undefined && !(name in fit.shape));
  if (unfit !== undefined)
    throw new Ended(exits.usage, "option-unfit", t("noise-rule.unfit", { kind, option: flagOf(unfit) }));
}

/** All that a kind may be told, by the names of the API. */
function addDefining(command: Command, console: Console): void {
  const { said } = console;
  const { t } = said;
  const number = (flag: string, words: string, range: readonly [number, number]): Option =>
    new Option(`${flag} <n>`, words).argParser(wholeNumber(...range, said));
  const names = (flag: string, words: string): Option =>
    new Option(`${flag} <${t("value.text")}>`, `${words} ${t("help.repeated")}`).argParser(gathered);
  command
    .addOption(number("--minutes", t("noise-rule.field.minutes"), [1, 1_440]))
    .addOption(number("--count", t("noise-rule.field.count"), [2, 1_000]))
    .addOption(number("--at-latest-minutes", t("noise-rule.field.at-latest"), [1, 1_440]))
    .addOption(names("--label", t("noise-rule.field.labels")))
    .option(`--expression <${t("value.text")}>`, t("noise-rule.field.expression"))
    .addOption(number("--within-minutes", t("noise-rule.field.within"), [1, 10_080]))
    .addOption(new Option("--on-new-kind <choice>", t("noise-rule.field.new-kind")).choices(["page", "nothing"]))
    .addOption(names("--kind-by", t("noise-rule.field.kind-by")))
    .addOption(matcherOption(console, "--source", t("noise-rule.field.source")))
    .addOption(matcherOption(console, "--target", t("noise-rule.field.target")))
    .addOption(names("--equal", t("noise-rule.field.equal")))
    .addOption(number("--grace-seconds", t("noise-rule.field.grace"), [0, 600]))
    .option("--across", t("noise-rule.field.across"))
    .option("--source-integration <id>", t("noise-rule.field.source-integration"));
}

/** `alertname="Disk"`, as Alertmanager writes it. */
function matcherOption({ said: { t } }: Console, flag: string, words: string): Option {
  const read = (text: string, before: readonly Matcher[] | undefined): Matcher[] => {
    const matcher = readMatcher(text);
    if (matcher === null) throw new InvalidArgumentError(t("noise-rule.not-a-matcher"));
    return [...(before ?? []), matcher];
  };
  return new Option(`${flag} <matcher>`, `${words} ${t("help.repeated")}`).argParser(read);
}

type Found = z.output<typeof previewNoiseRule.output>;

function printFound(console: Console, { days, looked, partly, matched, became, alerts }: Found): void {
  const { t } = console.said;
  printFacts(console, [
    [
      t("noise-rule.preview.looked"),
      t(partly ? "noise-rule.preview.partly" : "noise-rule.preview.days", { looked, days }),
    ],
    [t("noise-rule.preview.matched"), String(matched)],
    [t("noise-rule.became.calls"), String(became.calls)],
    [t("noise-rule.became.calls-later"), String(became.callsLater)],
    [t("noise-rule.became.never-calls"), String(became.neverCalls)],
    [t("noise-rule.became.waits"), String(became.waits)],
    [t("noise-rule.became.joins"), String(became.joins)],
  ]);
  if (alerts.length === 0) return;
  console.print("");
  printTable(
    console,
    [t("column.since"), t("column.becomes"), t("noise-rule.preview.by"), t("column.from"), t("column.title")],
    alerts.map((one) => [
      shownTime(console, one.openedAt),
      t(`noise-rule.became.${one.became}`),
      one.by ? `${one.by.title} (${one.by.integration.name})` : "–",
      one.integration.name,
      one.title,
    ]),
  );
}

export function done(console: Console, one: object, name: string): void {
  if (console.json) return console.printJson(one);
  console.tell(console.said.t("noise.done", { name }));
}
