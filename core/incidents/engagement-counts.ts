/** What suppliers kept of their contracts, counted from facts alone: whoever reads the records counts the same. An exercise counts for nothing. */
import type { SupplierClock } from "../directory/suppliers.ts";
import type { EngagementStatus } from "../kernel/supplier-words.ts";
import { type Engagement, isOpenEngagement } from "./engagement-state.ts";

/** `missed`: the record says so. `met`: reached, and it does not. `running`: neither yet. `without`: over before either. */
export type TargetCounts = {
  readonly met: number;
  readonly missed: number;
  readonly running: number;
  readonly without: number;
};
export type EngagementCounts = Readonly<Record<SupplierClock, TargetCounts>> & {
  readonly asked: number;
  readonly open: number;
  readonly declined: number;
};

export const becameWords = ["met", "missed", "running", "without"] as const satisfies readonly (keyof TargetCounts)[];
export type Became = (typeof becameWords)[number];

/** Of so many calls that became the same. Null: their contract has no such target. */
export type CountedEngagements = Readonly<Record<SupplierClock, Became | null>> & {
  readonly status: EngagementStatus;
  readonly count: number;
};

export function sumEngagements(groups: readonly CountedEngagements[]): EngagementCounts {
  const sum = (wanted: (one: CountedEngagements) => boolean): number =>
    groups.filter(wanted).reduce((total, { count }) => total + count, 0);
  const of = (clock: SupplierClock): TargetCounts => ({
    met: sum((one) => one[clock] === "met"),
    missed: sum((one) => one[clock] === "missed"),
    running: sum((one) => one[clock] === "running"),
    without: sum((one) => one[clock] === "without"),
  });
  return {
    asked: sum(() => true),
    open: sum(isOpenEngagement),
    declined: sum(({ status }) => status === "declined"),
    respond: of("respond"),
    restore: of("restore"),
  };
}

export function becameOf(one: Engagement, clock: SupplierClock): Became | null {
  if (!one.targets.some((target) => target.clock === clock)) return null;
  if (one.said[clock] === 100) return "missed";
  const reached = clock === "respond" ? one.answeredAt : one.restoredAt;
  if (typeof reached === "number") return "met";
  return isOpenEngagement(one) ? "running" : "without";
}
