/** `backup …`: Tocsin cannot see the copies that others make of its database, so whatever makes them says so. */
import type { Command } from "commander";
import { noteBackup } from "../contract/setup.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { addExamples } from "./help.ts";
import { shownTime } from "./text.ts";

export function addBackup(program: Command, console: Console): void {
  const { t } = console.said;
  const noun = program.command("backup").description(t("backup.what"));
  addExamples(noun, console.said, [
    ["backup noted", t("backup.example.plain")],
    ["backup noted --at 2026-10-15T02:00:00Z", t("backup.example.at")],
    ["doctor", t("backup.example.doctor")],
  ]);
  noun
    .command("noted")
    .description(t("backup.noted.what"))
    .option("--at <time>", t("backup.noted.at"))
    .action(async ({ at }: { at?: string }) => {
      const found = await ask(console, noteBackup, { body: at === undefined ? {} : { madeAt: at } });
      if (console.json) return console.printJson(found);
      console.tell(t("backup.noted.done", { at: shownTime(console, found.madeAt) }));
    });
}
