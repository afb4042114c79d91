/** What the categories of an incident ask, as lines of text: each with the id that the acts want. */
import type { IncidentProcess } from "../contract/incidents.ts";
import type { Console } from "./console.ts";
import { printTable, shownTime } from "./text.ts";

export function printProcess(console: Console, process: IncidentProcess): void {
  const { t } = console.said;
  if (process.pinned.length === 0) return console.tell(t("process.none"));
  console.print(process.pinned.join("  "));
  const { questions, recovery, criteria } = process;
  const settled = ({ settled: done }: IncidentProcess["criteria"][number]): string =>
    done === null
      ? ""
      : [shownTime(console, done.at), done.by, done.notNeeded ? t("process.not-needed") : done.text]
          .filter(Boolean)
          .join(" ");
  print(console, t("process.questions"), questions, ({ answered }) =>
    answered === null ? "" : (answered.answer ?? t("process.unknown")),
  );
  print(console, t("process.recovery"), recovery, settled);
  print(console, t("process.criteria"), criteria, settled);
}

function print<T extends { readonly id: string; readonly name: string }>(
  console: Console,
  head: string,
  items: readonly T[],
  stands: (one: T) => string,
): void {
  if (items.length === 0) return;
  console.print("");
  printTable(
    console,
    [console.said.t("process.id"), head, console.said.t("process.stands")],
    items.map((one) => [one.id, one.name, stands(one)]),
  );
}
