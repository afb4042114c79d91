/** What a change of a schedule does to people, before it is saved: whose time goes to whom, and hours before and after. */
import type { Span } from "../kernel/spans.ts";
import { hourMs } from "../kernel/time.ts";
import type { Absence, LayeredSchedule } from "./final-schedule.ts";
import { turnsBetween } from "./schedule.ts";

export type Moved = Span & {
  /** Null: nobody. */
  readonly before: string | null;
  readonly after: string | null;
};
export type HoursMoved = { readonly personId: string; readonly before: number; readonly after: number };
export type ScheduleChange = {
  /** In order; time that stays with its holder is not there. */
  readonly moved: readonly Moved[];
  /** Of everybody whose time changes, those who lose or gain most first. */
  readonly hours: readonly HoursMoved[];
};

type Side = { readonly schedule: LayeredSchedule; readonly absences: readonly Absence[] };

export function compareSchedules(before: Side, after: Side, period: Span): ScheduleChange {
  const [old, next] = [before, after].map((one) => turnsBetween(one.schedule, one.absences, period));
  const moved: Moved[] = [];
  const hours = new Map<string, { before: number; after: number }>();
  const count = (personId: string | null, side: "before" | "after", ms: number): void => {
    if (personId === null) return;
    const known = hours.get(personId) ?? { before: 0, after: 0 };
    known[side] += ms / hourMs;
    hours.set(personId, known);
  };
  for (const turn of old ?? []) count(turn.personId, "before", turn.until - turn.from);
  for (const turn of next ?? []) count(turn.personId, "after", turn.until - turn.from);
  let place = 0;
  for (const turn of old ?? []) {
    while ((next?.[place]?.until ?? Number.POSITIVE_INFINITY) <= turn.from) place += 1;
    for (let index = place; ; index += 1) {
      const other = next?.[index];
      if (!other || other.from >= turn.until) break;
      if (other.personId === turn.personId) continue;
      add(moved, {
        from: Math.max(turn.from, other.from),
        until: Math.min(turn.until, other.until),
        before: turn.personId,
        after: other.personId,
      });
    }
  }
  const changed = new Set(moved.flatMap((one) => [one.before, one.after]));
  return {
    moved,
    hours: [...hours]
      .filter(([personId]) => changed.has(personId))
      .map(([personId, sums]) => ({ personId, ...sums }))
      .sort(
        (a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.personId < b.personId ? -1 : 1),
      ),
  };
}

function add(moved: Moved[], one: Moved): void {
  const last = moved.at(-1);
  if (last && last.until === one.from && last.before === one.before && last.after === one.after)
    moved[moved.length - 1] = { ...last, until: one.until };
  else moved.push(one);
}
