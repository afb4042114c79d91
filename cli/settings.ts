/** `settings …`: what holds for the whole desk. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { z } from "zod";
import { changeSettings, readSettings, type settings } from "../contract/directory.ts";
import { type Locale, locales } from "../core/kernel/vocabulary.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { Ended, exits } from "./exits.ts";
import { addExamples } from "./help.ts";
import { printFacts } from "./text.ts";

type Settings = z.infer<typeof settings>;
type Given = {
  readonly publicReports?: "on" | "off";
  readonly language?: Locale;
  readonly zone?: string;
  readonly defaultPolicy?: string;
  readonly privateAddresses?: string;
};

export function addSettings(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("settings").description(t("settings.what"));
  addExamples(noun, console.said, [
    ["settings show", t("settings.example.show")],
    ["settings change --public-reports off", t("settings.example.change")],
    ["settings change --default-policy none", t("settings.example.policy")],
  ]);
  noun
    .command("show")
    .description(t("settings.show.what"))
    .action(async () => show(console, await ask(console, readSettings)));
  const one = (flags: string, words: string, choices: readonly string[]): Option =>
    new Option(flags, words).argParser((value) => {
      if (choices.includes(value)) return value;
      throw new InvalidArgumentError(t("usage.possible", { values: choices.join(", ") }));
    });
  noun
    .command("change")
    .description(t("settings.change.what"))
    .addOption(one("--public-reports <on|off>", t("settings.field.publicReports"), ["on", "off"]))
    .addOption(one("--language <fr|en>", t("settings.field.language"), locales))
    .option("--zone <zone>", t("settings.field.zone"))
    .option("--default-policy <id>", t("settings.field.defaultPolicy"))
    .option("--private-addresses <ranges>", t("settings.field.privateAddresses"))
    .action((given: Given) => change(console, given));
}

const rangesOf = (text: string): string[] =>
  text === "none"
    ? []
    : text
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== "");

async function change(
  console: Console,
  { publicReports, defaultPolicy, privateAddresses, ...same }: Given,
): Promise<void> {
  const body: Partial<Settings> = {
    ...same,
    ...(publicReports === undefined ? {} : { publicReports: publicReports === "on" }),
    ...(defaultPolicy === undefined ? {} : { defaultPolicy: defaultPolicy === "none" ? null : defaultPolicy }),
    ...(privateAddresses === undefined ? {} : { privateAddresses: rangesOf(privateAddresses) }),
  };
  if (Object.keys(body).length === 0)
    throw new Ended(exits.usage, "nothing-to-change", console.said.t("settings.nothing"));
  show(console, await ask(console, changeSettings, { body }));
}

function show(console: Console, found: Settings): void {
  if (console.json) return console.printJson(found);
  const { t } = console.said;
  printFacts(console, [
    ["--public-reports", found.publicReports ? "on" : "off"],
    ["--language", found.language],
    ["--zone", found.zone],
    ["--default-policy", found.defaultPolicy ?? t("settings.none")],
    ["--private-addresses", found.privateAddresses.join(", ") || t("settings.no-network")],
  ]);
}
