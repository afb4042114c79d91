/** `heartbeat …`: who owes a sign of life, and where it is given. */

import { type Command, InvalidArgumentError, Option } from "commander";
import type { z } from "zod";
import {
  addHeartbeat,
  changeHeartbeat,
  type Heartbeat,
  heartbeatSeverities,
  listHeartbeats,
  readOutgoingHeartbeat,
  removeHeartbeat,
  removeOutgoingHeartbeat,
  replaceHeartbeatKey,
  setOutgoingHeartbeat,
} from "../contract/heartbeats.ts";
import { duration as lasting } from "../languages/format.ts";
import { ask, baseOf } from "./api.ts";
import type { Console } from "./console.ts";
import { exits } from "./exits.ts";
import { addExamples } from "./help.ts";
import { theOneMeant } from "./naming.ts";
import { printTable, shownTime } from "./text.ts";

type Outgoing = z.infer<(typeof readOutgoingHeartbeat)["output"]>;
type Severity = (typeof heartbeatSeverities)[number];
type Adding = {
  readonly name: string;
  readonly every: number;
  readonly grace?: number;
  readonly severity?: Severity;
};

const secondsOf = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const styles = { waiting: null, alive: "green", late: "red", paused: "yellow" } as const;

export function addHeartbeats(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("heartbeat").description(t("heartbeat.what"));
  addExamples(noun, console.said, [
    ["heartbeat list", t("heartbeat.example.list")],
    ["heartbeat add --name backup --every 1d --grace 1h", t("heartbeat.example.add")],
    ["heartbeat pause backup", t("heartbeat.example.pause")],
  ]);
  noun
    .command("list")
    .description(t("heartbeat.list.what"))
    .action(() => list(console));
  addAdding(noun, console);
  addOutside(noun, console);
  const on = (name: "pause" | "resume" | "remove" | "key", act: (one: Heartbeat) => Promise<void>): void => {
    noun
      .command(name)
      .description(t(`heartbeat.${name}.what`))
      .argument("<heartbeat>", t("heartbeat.which"))
      .action(async (text: string) => act(await find(console, text)));
  };
  const change = (enabled: boolean) => async (one: Heartbeat) => {
    const now = await ask(console, changeHeartbeat, { params: { id: one.id }, body: { enabled } });
    done(console, now);
  };
  on("pause", change(false));
  on("resume", change(true));
  on("remove", async (one) => {
    await ask(console, removeHeartbeat, { params: { id: one.id } });
    done(console, one);
  });
  on("key", async (one) => printAddress(console, await ask(console, replaceHeartbeatKey, { params: { id: one.id } })));
}

function addAdding(noun: Command, console: Console): void {
  const { t } = console.said;
  const option = (flags: string, words: string): Option => durationOption(console, flags, words);
  const values = heartbeatSeverities.join(", ");
  const severity = (text: string): Severity => {
    const found = heartbeatSeverities.find((one) => one === text);
    if (found === undefined) throw new InvalidArgumentError(t("usage.possible", { values }));
    return found;
  };
  noun
    .command("add")
    .description(t("heartbeat.add.what"))
    .requiredOption("--name <name>", t("heartbeat.field.name"))
    .addOption(option("--every <duration>", t("heartbeat.field.every")).makeOptionMandatory())
    .addOption(option("--grace <duration>", t("heartbeat.field.grace")))
    .addOption(new Option("--severity <severity>", t("heartbeat.field.severity", { values })).argParser(severity))
    .action(async ({ name, every, grace, severity }: Adding) => {
      const body = {
        name,
        intervalSeconds: every,
        ...(grace !== undefined && { graceSeconds: grace }),
        ...(severity !== undefined && { severity }),
      };
      printAddress(console, await ask(console, addHeartbeat, { body }));
    });
}

/** The address outside that this desk tells that it works. */
function addOutside(noun: Command, console: Console): void {
  const { t } = console.said;
  const outside = noun.command("outside").description(t("heartbeat.outside.what"));
  const shown = ({ outgoing }: Outgoing): void => {
    if (outgoing?.lastError) console.exit = exits.problemsFound;
    if (console.json) return console.printJson({ outgoing });
    if (outgoing === null) return console.tell(t("heartbeat.outside.none"));
    printTable(
      console,
      [
        t("heartbeat.outside.host"),
        t("heartbeat.column.every"),
        t("heartbeat.outside.told"),
        t("heartbeat.outside.error"),
      ],
      [
        [
          outgoing.host,
          lasting(outgoing.intervalSeconds * 1_000, console.locale),
          shownTime(console, outgoing.toldAt),
          { text: outgoing.lastError ?? "", style: "red" },
        ],
      ],
    );
  };
  outside
    .command("show")
    .description(t("heartbeat.outside.show"))
    .action(async () => shown(await ask(console, readOutgoingHeartbeat)));
  outside
    .command("set")
    .description(t("heartbeat.outside.set"))
    .requiredOption("--to <url>", t("heartbeat.outside.url"))
    .addOption(durationOption(console, "--every <duration>", t("heartbeat.field.every")).makeOptionMandatory())
    .action(async ({ to, every }: { to: string; every: number }) =>
      shown(await ask(console, setOutgoingHeartbeat, { body: { url: to, intervalSeconds: every } })),
    );
  outside
    .command("remove")
    .description(t("heartbeat.outside.remove"))
    .action(async () => {
      await ask(console, removeOutgoingHeartbeat);
      shown({ outgoing: null });
    });
}

/** As `90s`, `15m`, `2h` or `1d`; in seconds. */
export function durationOption(console: Console, flags: string, words: string): Option {
  const duration = (text: string): number => {
    const [, digits, unit = ""] = /^(\d{1,6})([smhd])$/i.exec(text.trim()) ?? [];
    const seconds = Number(digits) * (secondsOf[unit.toLowerCase() as keyof typeof secondsOf] ?? Number.NaN);
    if (Number.isNaN(seconds)) throw new InvalidArgumentError(console.said.t("heartbeat.invalid.duration"));
    return seconds;
  };
  return new Option(flags, words).argParser(duration);
}

function done(console: Console, one: Heartbeat): void {
  if (console.json) return console.printJson(one);
  console.tell(console.said.t("heartbeat.done", { name: one.name }));
}

function printAddress(console: Console, made: Heartbeat & { readonly key: string }): void {
  if (console.json) return console.printJson(made);
  console.print(`${baseOf(console).replace(/\/+$/, "")}/heartbeat/${made.key}`);
}

async function list(console: Console): Promise<void> {
  const found = await ask(console, listHeartbeats);
  if (found.data.some(({ state }) => state === "late")) console.exit = exits.problemsFound;
  if (console.json) return console.printJson(found);
  const { t } = console.said;
  if (found.data.length === 0) return console.tell(t("heartbeat.none"));
  printTable(
    console,
    [
      t("column.state"),
      t("heartbeat.column.every"),
      t("heartbeat.column.last"),
      t("heartbeat.column.due"),
      t("column.name"),
    ],
    found.data.map((one) => [
      { text: t(`heartbeat.state.${one.state}`), style: styles[one.state] },
      lasting(one.intervalSeconds * 1_000, console.locale),
      shownTime(console, one.lastPingAt),
      shownTime(console, one.dueAt),
      one.name,
    ]),
  );
}

async function find(console: Console, text: string): Promise<Heartbeat> {
  const { data } = await ask(console, listHeartbeats);
  return theOneMeant(console, data, { text, namesOf: ({ name }) => [name] });
}
