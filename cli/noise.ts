/** `silence …`, `maintenance …`, `noise-rule …`: what calls nobody, and why. */
import type { Command } from "commander";
import {
  addSilence,
  endMaintenanceWindow,
  endSilence,
  listMaintenanceWindows,
  listSilences,
  type Scope,
} from "../contract/noise.ts";
import { changeNoiseRule, listNoiseRules, removeNoiseRule } from "../contract/noise-rules.ts";
import { toIso } from "../core/kernel/time.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { durationOption } from "./heartbeat.ts";
import { addExamples } from "./help.ts";
import { theOneMeant } from "./naming.ts";
import { addMaintenanceAdding, addRuleAdding, done } from "./noise-adding.ts";
import { addNoiseReplay } from "./noise-replay.ts";
import { type Cell, printTable, shownTime } from "./text.ts";

export function addNoise(program: Command, console: Console): void {
  addSilences(program, console);
  addMaintenance(program, console);
  addRules(program, console);
}

type Silencing = {
  readonly reason: string;
  readonly for: number;
  readonly text?: string;
  readonly service?: string;
  readonly integration?: string;
};

function addSilences(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("silence").description(t("silence.what"));
  addExamples(noun, console.said, [
    ["silence list", t("silence.example.list")],
    ['silence add --text "disk full" --for 2h --reason "…"', t("silence.example.add")],
    ['silence end "…"', t("silence.example.end")],
  ]);
  noun
    .command("list")
    .description(t("silence.list.what"))
    .option("--all", t("silence.all"))
    .action(async ({ all = false }: { readonly all?: boolean }) => {
      const found = await ask(console, listSilences);
      const data = found.data.filter(({ state }) => all || state !== "over");
      if (console.json) return console.printJson({ ...found, data });
      if (data.length === 0) return console.tell(t("silence.none"));
      const heads = [t("column.state"), t("column.until"), t("noise.waiting"), t("noise.about"), t("noise.reason")];
      const line = (one: (typeof data)[number]): Cell[] => [
        t(`noise.state.${one.state}`),
        shownTime(console, one.until),
        String(one.waiting),
        aboutOf(console, one),
        one.reason,
      ];
      printTable(console, heads, data.map(line));
    });
  noun
    .command("add")
    .description(t("silence.add.what"))
    .requiredOption(`--reason <${t("value.text")}>`, t("field.reason"))
    .addOption(durationOption(console, "--for <duration>", t("silence.for")).makeOptionMandatory())
    .option(`--text <${t("value.text")}>`, t("silence.text"))
    .option("--service <id>", t("silence.service"))
    .option("--integration <id>", t("silence.integration"))
    .action(async ({ for: seconds, ...said }: Silencing) => {
      const until = toIso(console.world.now() + seconds * 1_000);
      done(console, await ask(console, addSilence, { body: { ...said, until } }), said.reason);
    });
  noun
    .command("end")
    .description(t("silence.end.what"))
    .argument("<silence>", t("silence.which"))
    .action(async (text: string) => {
      const { data } = await ask(console, listSilences);
      const live = data.filter(({ state }) => state !== "over");
      const one = theOneMeant(console, live, { text, namesOf: ({ reason }) => [reason] });
      done(console, await ask(console, endSilence, { params: { id: one.id } }), one.reason);
    });
}

function addMaintenance(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("maintenance").description(t("maintenance.what"));
  addExamples(noun, console.said, [
    ["maintenance list", t("maintenance.example.list")],
    ['maintenance add --name "…" --reason "…" --service "…" --for 2h', t("maintenance.example.add")],
    ['maintenance end "…"', t("maintenance.example.end")],
  ]);
  noun
    .command("list")
    .description(t("maintenance.list.what"))
    .action(async () => {
      const found = await ask(console, listMaintenanceWindows);
      if (console.json) return console.printJson(found);
      if (found.data.length === 0) return console.tell(t("maintenance.none"));
      const heads = [t("column.state"), t("column.since"), t("column.until"), t("noise.waiting"), t("column.service")];
      printTable(
        console,
        [...heads, t("column.name")],
        found.data.map((one) => [
          t(`noise.state.${one.state}`),
          shownTime(console, one.occurrence?.from),
          shownTime(console, one.occurrence?.until),
          String(one.waiting),
          one.services.map(({ name }) => name).join(", "),
          one.name,
        ]),
      );
    });
  addMaintenanceAdding(noun, console);
  noun
    .command("end")
    .description(t("maintenance.end.what"))
    .argument("<maintenance>", t("noise.which"))
    .action(async (text: string) => {
      const { data } = await ask(console, listMaintenanceWindows);
      const one = theOneMeant(console, data, { text, namesOf: ({ name }) => [name] });
      await ask(console, endMaintenanceWindow, { params: { id: one.id } });
      done(console, one, one.name);
    });
}

function addRules(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("noise-rule").description(t("noise-rule.what"));
  addExamples(noun, console.said, [
    ["noise-rule list", t("noise-rule.example.list")],
    ['noise-rule add wait --name "…" --minutes 5 --text "…"', t("noise-rule.example.add")],
    ['noise-rule remove "…"', t("noise-rule.example.remove")],
  ]);
  noun
    .command("list")
    .description(t("noise-rule.list.what"))
    .action(async () => {
      const found = await ask(console, listNoiseRules);
      if (console.json) return console.printJson(found);
      if (found.data.length === 0) return console.tell(t("noise-rule.none"));
      printTable(
        console,
        [t("column.state"), t("column.kind"), t("noise.waiting"), t("noise.about"), t("column.name")],
        found.data.map((one) => [
          t(one.enabled ? "noise.on" : "noise.off"),
          t(`noise.kind.${one.definition.kind}`),
          String(one.waiting),
          aboutOf(console, one),
          one.name,
        ]),
      );
    });
  addRuleAdding(noun, console);
  addNoiseReplay(noun, console);
  const on = (name: "on" | "off" | "remove"): void => {
    noun
      .command(name)
      .description(t(`noise-rule.${name}.what`))
      .argument("<rule>", t("noise.which"))
      .action(async (text: string) => {
        const { data } = await ask(console, listNoiseRules);
        const one = theOneMeant(console, data, { text, namesOf: (rule) => [rule.name] });
        const params = { id: one.id };
        if (name === "remove") await ask(console, removeNoiseRule, { params });
        else await ask(console, changeNoiseRule, { params, body: { enabled: name === "on" } });
        done(console, name === "remove" ? one : { ...one, enabled: name === "on" }, one.name);
      });
  };
  for (const name of ["on", "off", "remove"] as const) on(name);
}

function aboutOf({ said }: Console, { service, integration, matchers, text }: Scope): string {
  const labels = matchers.map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`);
  const parts = [integration?.name, service?.name, ...labels, text === null ? undefined : `"${text}"`];
  return parts.filter((one) => one !== undefined).join(", ") || said.t("noise.everything");
}
