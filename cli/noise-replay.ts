/** `noise-rule replay`: what the last days would have been under a changed or new rule about noise, or without one, before that is
 *  saved. */
import type { Command } from "commander";
import type { z } from "zod";
import { type noiseReplayPart, replayNoise } from "../contract/noise-replay.ts";
import { listNoiseRules } from "../contract/noise-rules.ts";
import { replayDaysMax } from "../contract/reach.ts";
import { addNoiseParts, countOf, emptyNoisePart, type NoiseSums } from "../core/drills/replay-parts.ts";
import { incidentChangeKinds } from "../core/kernel/vocabulary.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { readDefinition } from "./definition-file.ts";
import { Ended, exits } from "./exits.ts";
import { wholeNumber } from "./fields.ts";
import { addExamples } from "./help.ts";
import { theOneMeant } from "./naming.ts";
import { factsOfPages, printPages } from "./replay.ts";
import { printFacts, printTable, shownTime } from "./text.ts";

type Part = z.output<typeof noiseReplayPart>;
type Change = z.input<typeof replayNoise.body>["change"];
type Found = NoiseSums<Part["differences"][number], Part["changes"][number]> & { readonly incidents: number };
type Given = { readonly rule?: string; readonly without?: string; readonly days: number };

export function addNoiseReplay(noun: Command, console: Console): void {
  const { said } = console;
  const { t, find } = said;
  const command = noun
    .command("replay")
    .description(t("noise-rule.replay.what"))
    .option(`--rule <${find("value.file") ?? ""}>`, t("noise-rule.replay.rule"))
    .option(`--without <${t("value.text")}>`, t("noise-rule.replay.without"))
    .option("--days <n>", t("oncall.replay.days"), wholeNumber(1, replayDaysMax, said), replayDaysMax);
  addExamples(command, said, [
    ["noise-rule replay --rule rule.json", t("noise-rule.example.replay")],
    ['noise-rule replay --without "…" --json', t("noise-rule.example.replay-without")],
  ]);
  command.action(async ({ rule, without, days }: Given) => {
    if (rule === undefined && without === undefined)
      throw new Ended(exits.usage, "nothing-changed", t("noise-rule.replay.nothing"));
    const change = {
      ...(rule !== undefined && { rule: await readRule(console, rule) }),
      ...(without !== undefined && { without: await idOf(console, without) }),
    };
    const found = await replay(console, { days, change });
    if (countOf(found.differences, "nobody") > 0) console.exit = exits.problemsFound;
    if (console.json) return console.printJson(found);
    await print(console, found);
  });
}

const names = ["id", "enabled", "integration", "service", "matchers", "text", "definition"];

/** As the API answers with it, changed by hand: what it is about is named there, and asked for by its id. */
async function readRule(console: Console, file: string): Promise<NonNullable<Change["rule"]>> {
  const value = await readDefinition(console, file, console.said.t("noise-rule.replay.not-a-rule", { file }));
  const known = Object.entries(value).filter(([name]) => names.includes(name));
  return Object.fromEntries(known.map(([name, one]) => [name, isNamed(one) ? one.id : one])) as NonNullable<
    Change["rule"]
  >;
}

const isNamed = (value: unknown): value is { readonly id: string } =>
  typeof value === "object" && value !== null && "id" in value && "name" in value;

async function idOf(console: Console, text: string): Promise<string> {
  const { data } = await ask(console, listNoiseRules);
  return theOneMeant(console, data, { text, namesOf: ({ name }) => [name] }).id;
}

async function replay(console: Console, body: { readonly days: number; readonly change: Change }): Promise<Found> {
  const { world, said } = console;
  let sums: Omit<Found, "incidents"> = emptyNoisePart;
  let seen = 0;
  for (let cursor: string | null = null; ; ) {
    const part: Part = await ask(console, replayNoise, { body: { ...body, ...(cursor !== null && { cursor }) } });
    sums = addNoiseParts(part, sums);
    seen += part.seen;
    cursor = part.next;
    if (cursor === null) return { incidents: seen, ...sums };
    if (world.terminal.err) console.tell(said.t("oncall.replay.progress", { seen, all: part.incidents }));
  }
}

async function print(console: Console, found: Found): Promise<void> {
  const { t } = console.said;
  const { opened, changes, differences, partly } = found;
  if (partly) console.tell(t("noise-rule.replay.partly"));
  const many = (kind: (typeof incidentChangeKinds)[number]): string =>
    String(changes.filter((one) => one.kind === kind).length);
  printFacts(console, [
    [t("noise-rule.replay.opened-by-alerts"), `${opened.before} → ${opened.after}`],
    ...incidentChangeKinds.map((kind) => [t(`noise-rule.replay.${kind}`), many(kind)] as const),
    ...factsOfPages(console, found, t("noise-rule.replay.delay")),
  ]);
  if (changes.length > 0) {
    console.print("");
    printTable(
      console,
      [t("column.number"), t("column.at"), t("column.becomes"), t("noise-rule.replay.by"), t("column.title")],
      changes.map(({ kind, incident, alert, before, after, into, rule }) => [
        incident?.number ?? "–",
        shownTime(console, before ?? after),
        t(`noise-rule.replay.${kind}`),
        into?.incident?.number ?? into?.title ?? (rule?.name || "–"),
        alert.title,
      ]),
    );
  }
  await printPages(console, differences);
}
