/** `doctor`: what stands between this desk and a real page. */
import type { Command } from "commander";
import { doctor } from "../contract/account.ts";
import { checkWords } from "../languages/check-words.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { exits } from "./exits.ts";
import { addExamples } from "./help.ts";
import { placeOf, printTable, shownTime } from "./text.ts";

const styles = { ok: "green", warning: "yellow", missing: "red", limit: "red" } as const;

export function addDoctor(program: Command, console: Console): void {
  const { said } = console;
  const { t, find } = said;
  const command = program
    .command("doctor")
    .description(t("doctor.what"))
    .action(async () => {
      const found = await ask(console, doctor);
      /* A limit is nobody's to put right: it is shown in red, and no script waits for it to go. */
      if (found.checks.some(({ state }) => state === "missing")) console.exit = exits.problemsFound;
      if (console.json) return console.printJson(found);
      printTable(
        console,
        [t("column.state"), t("column.check"), t("column.proved"), t("column.said")],
        found.checks.map((row) => {
          const { title, detail, advice } = checkWords(find, row, placeOf(console));
          return [
            { text: find(`doctor.state.${row.state}`) ?? row.state, style: styles[row.state] ?? null },
            title,
            shownTime(console, row.provedAt),
            [detail, advice ?? ""].filter((one) => one !== "").join(" · "),
          ];
        }),
      );
    });
  addExamples(command, said, [
    ["doctor", t("doctor.example.plain")],
    ["doctor --json", t("doctor.example.json")],
    ["doctor --url https://tocsin.example.org", t("doctor.example.url")],
  ]);
}
