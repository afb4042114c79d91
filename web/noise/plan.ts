/** When maintenance is, as it is typed, as it is sent, and in words. */
import type { Plan } from "#contract/noise.ts";
import { zonedInstant } from "../incidents/zoned-instant.ts";

export const planKinds = ["once", "week", "month", "month-weekday"] as const;
export type PlanDraft = {
  readonly kind: (typeof planKinds)[number];
  readonly begins: string;
  readonly ends: string;
  readonly days: readonly number[];
  readonly day: string;
  readonly week: string;
  readonly weekday: string;
  readonly from: string;
  readonly until: string;
  readonly zone: string;
};

export const emptyPlan = (zone: string): PlanDraft => ({
  kind: "once",
  begins: "",
  ends: "",
  days: [],
  day: "1",
  week: "5",
  weekday: "7",
  from: "22:00",
  until: "02:00",
  zone,
});

/** Null while it is not wholly said. `today`: the first date on which one may begin. */
export function planOf(draft: PlanDraft, { zone, today }: { zone: string; today: string }): Plan | null {
  if (draft.kind === "once") {
    const from = zonedInstant(draft.begins, zone);
    const until = zonedInstant(draft.ends, zone);
    return from === undefined || until === undefined || from >= until ? null : { once: { from, until } };
  }
  const again = { zone: draft.zone, startDate: today, endDate: null, from: draft.from, until: draft.until };
  if (again.from === "" || again.until === "") return null;
  switch (draft.kind) {
    case "week":
      return draft.days.length === 0 ? null : { again: { ...again, every: "week", days: [...draft.days] } };
    case "month":
      return { again: { ...again, every: "month", day: Number(draft.day) } };
    case "month-weekday":
      return {
        again: { ...again, every: "month-weekday", week: Number(draft.week), weekday: Number(draft.weekday) },
      };
  }
}

type Say = (
  id: "plan.once" | "plan.week" | "plan.month" | "plan.month-weekday" | `window.week.${1 | 2 | 3 | 4 | 5}`,
  values?: Readonly<Record<string, string | number>>,
) => string;
type Words = { readonly weekdayNamed: (day: number) => string; readonly list: (items: readonly string[]) => string };

export function planWords(plan: Plan, say: Say, { weekdayNamed, list }: Words): string {
  if ("once" in plan) return say("plan.once");
  const { again } = plan;
  const { from, until, zone } = again;
  switch (again.every) {
    case "week":
      return say("plan.week", { days: list(again.days.map(weekdayNamed)), from, until, zone });
    case "month":
      return say("plan.month", { day: again.day, from, until, zone });
    case "month-weekday": {
      const which = say(`window.week.${again.week as 1 | 2 | 3 | 4 | 5}`);
      return say("plan.month-weekday", { which, weekday: weekdayNamed(again.weekday), from, until, zone });
    }
  }
}
