/** Help in the caller's language; each noun's begins with three examples. */
import type { Command, HelpConfiguration, Option } from "commander";
import type { Said } from "./console.ts";

export function helpIn({ t, find }: Said): HelpConfiguration {
  return {
    showGlobalOptions: true,
    sortSubcommands: false,
    styleTitle: (title) => find(`help.${title.replace(/:$/, "").replace(" ", "-").toLowerCase()}`) ?? title,
    styleUsage: (usage) => usage.replace("[command]", `[${t("value.command")}]`),
    optionDescription: (option: Option) =>
      option.argChoices && !option.flags.includes("|")
        ? `${option.description} ${t("help.choices", { choices: option.argChoices.join(", ") })}`
        : option.description,
  };
}

/** The program is named as it was called most often; the words after it are the same everywhere. */
export function addExamples(command: Command, { t }: Said, examples: readonly (readonly [string, string])[]): void {
  const width = Math.max(...examples.map(([words]) => words.length));
  const lines = examples.map(([words, what]) => `  tocsin ${words.padEnd(width)}  # ${what}`);
  command.addHelpText("before", `${t("help.examples")}\n${lines.join("\n")}\n`);
}
