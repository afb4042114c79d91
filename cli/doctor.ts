/** `doctor`: what stands between this desk and a real page. */
import type { Command } from "commander";
import { doctor } from "../contract/account.ts";
import { ask } from "./api.ts";
import type { Console } from "./console.ts";
import { exits } from "./exits.ts";
import { addExamples } from "./help.ts";
import { printTable, shownTime } from "./text.ts";

const styles = { ok: "green", warning: "yellow", missing: "red", limit: "red" } as const;

export function addDoctor(program: Command, console: Console): void {
  const { said } = console;
  const { t, find } = said;
  const command = program
    .command("doctor")
    .description(t("doctor.what"))
    .action(async () => {
      const found = await ask(console, doctor);
      if (found.checks.some(({ state }) => state === "missing")) console.exit = exits.problemsFound;
      if (console.json) return console.printJson(found);
      printTable(
        console,
        [t("column.state"), t("column.check"), t("column.proved"), t("column.said")],
        found.checks.map(({ id, state, detail, provedAt }) => [
          { text: find(`doctor.state.${state}`) ?? state, style: styles[state] ?? null },
          find(`doctor.check.${id}`) ?? id,
          shownTime(console, provedAt),
          [
            find(`doctor.detail.${id}`, { count: Number(detail) }) ?? detail,
            state === "ok" ? "" : (find(`doctor.advice.${id}`) ?? ""),
          ]
            .filter((one) => one !== "")
            .join(" · "),
        ]),
      );
    });
  addExamples(command, said, [
    ["doctor", t("doctor.example.plain")],
    ["doctor --json", t("doctor.example.json")],
    ["doctor --url https://tocsin.example.org", t("doctor.example.url")],
  ]);
}
