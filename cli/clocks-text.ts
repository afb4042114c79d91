/** Targets of an incident as lines of text: what is left, when it is due, by which hours, and what may pause them. */
import type { ClockView, IncidentClocks } from "../contract/clocks.ts";
import type { IncidentView } from "../contract/shapes.ts";
import { minuteMs } from "../core/kernel/time.ts";
import { duration } from "../languages/format.ts";
import { createMessages } from "../languages/messages.ts";
import { workstreams } from "../languages/workstreams.ts";
import type { Console } from "./console.ts";
import { type Cell, plain, printTable, type Style, shownTime } from "./text.ts";

const nameOf = ({ said }: Console, target: ClockView["kind"]): string => said.find(`clock.name.${target}`) ?? target;

/** The one that is due first, for a line of a list. */
export const dueText = (console: Console, { due }: Pick<IncidentView, "due">): string =>
  due ? `${nameOf(console, due.target)} ${shownTime(console, due.at)}` : "";

const styleOf = ({ status }: ClockView): Style | null =>
  status === "missed" || status === "met-late" ? "red" : status === "met" ? "green" : null;

export function printClocks(console: Console, clocks: IncidentClocks): void {
  if (clocks.data.length > 0) printTargets(console, clocks);
  else console.tell(console.said.t("clocks.none"));
  const more = [...untoldIn(console, clocks), ...asideIn(console, clocks)];
  if (clocks.data.length > 0 && more.length > 0) console.print("");
  for (const line of more) console.print(line);
}

/** What those concerned were not told of yet, in the words of the incident's page. */
function untoldIn(console: Console, { at, untold }: IncidentClocks): string[] {
  if (untold.length === 0) return [];
  const { t } = createMessages(console.locale, workstreams);
  const items = untold.map(({ action, since, dueAt }) =>
    t("clocks.untold.one", {
      ...{ action, since: shownTime(console, since), due: shownTime(console, dueAt) },
      late: Date.parse(dueAt) <= Date.parse(at) ? "yes" : "no",
    }),
  );
  return [t("clocks.untold", { items: items.join(" · ") })];
}

function asideIn(console: Console, { setAside }: IncidentClocks): string[] {
  if (!setAside) return [];
  const { t } = createMessages(console.locale, workstreams);
  const { because, clock, escalation, gap, by, at, reason } = setAside;
  const said = [
    t(`clocks.escalate.${because}`, { clock: clock && nameOf(console, clock), escalation }),
    ...(gap ? [t("clocks.escalate.gap")] : []),
    t("clocks.aside", { by, at: shownTime(console, at), reason }),
  ];
  return [plain(said.join(" "))];
}

function printTargets(console: Console, { data, pauses }: IncidentClocks): void {
  const { t } = console.said;
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
