/** Targets of an incident as lines of text: what is left, when it is due, by which hours, and what may pause them. */
import type { ClockView, IncidentClocks } from "../contract/clocks.ts";
import type { IncidentView } from "../contract/shapes.ts";
import { minuteMs } from "../core/kernel/time.ts";
import { duration } from "../languages/format.ts";
import type { Console } from "./console.ts";
import { type Cell, printTable, type Style, shownTime } from "./text.ts";

const nameOf = ({ said }: Console, target: ClockView["kind"]): string => said.find(`clock.name.${target}`) ?? target;

/** The one that is due first, for a line of a list. */
export const dueText = (console: Console, { due }: Pick<IncidentView, "due">): string =>
  due ? `${nameOf(console, due.target)} ${shownTime(console, due.at)}` : "";

const styleOf = ({ status }: ClockView): Style | null =>
  status === "missed" || status === "met-late" ? "red" : status === "met" ? "green" : null;

export function printClocks(console: Console, { data, pauses }: IncidentClocks): void {
  const { t } = console.said;
  if (data.length === 0) return console.tell(t("clocks.none"));
  const heads = [t("column.target"), t("column.state"), t("column.left"), t("column.due"), t("column.by")];
  printTable(
    console,
    heads,
    data.map((one): Cell[] => [
      nameOf(console, one.kind),
      { text: t(`clock.state.${one.status}`), style: styleOf(one) },
      leftOf(console, one),
      shownTime(console, one.dueAt),
      [duration(one.target.minutes * minuteMs, console.locale), one.target.calendar?.name, one.paused?.name]
        .filter(Boolean)
        .join(", "),
    ]),
  );
  if (!data.some(({ kind }) => kind === "restore" || kind === "resolve")) return;
  console.print("");
  printTable(
    console,
    [t("process.id"), t("clocks.pauses"), t("column.left")],
    pauses.map(({ id, name, leftMinutes }) => [id, name, duration(leftMinutes * minuteMs, console.locale)]),
  );
}

function leftOf({ said, locale }: Console, { reachedAt, leftMs }: ClockView): string {
  if (reachedAt !== null) return "";
  return leftMs < 0 ? said.t("clocks.over", { length: duration(-leftMs, locale) }) : duration(leftMs, locale);
}
