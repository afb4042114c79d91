/** What suppliers kept of their contracts, counted from facts alone: whoever reads the records counts the same. An exercise counts for nothing. */
import { type SupplierClock, supplierClocks } from "../directory/suppliers.ts";
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

export type Counted = { readonly engagement: Engagement; readonly exercise: boolean };

export function countEngagements(all: readonly Counted[]): EngagementCounts {
  const counted = all.filter(({ exercise }) => !exercise).map(({ engagement }) => engagement);
  const [respond, restore] = supplierClocks.map((clock) => countOf(counted, clock)) as [TargetCounts, TargetCounts];
  return {
    asked: counted.length,
    open: counted.filter(isOpenEngagement).length,
    declined: counted.filter(({ status }) => status === "declined").length,
    respond,
    restore,
  };
}

function countOf(all: readonly Engagement[], clock: SupplierClock): TargetCounts {
  const counts = { met: 0, missed: 0, running: 0, without: 0 };
  for (const one of all) if (one.targets.some((target) => target.clock === clock)) counts[becameOf(one, clock)] += 1;
  return counts;
}

function becameOf(one: Engagement, clock: SupplierClock): keyof TargetCounts {
  if (one.said[clock] === 100) return "missed";
  const reached = clock === "respond" ? one.answeredAt : one.restoredAt;
  if (typeof reached === "number") return "met";
  return isOpenEngagement(one) ? "running" : "without";
}

/** Of two parts of the same calls. */
export function sumOfCounts(one: EngagementCounts, other: EngagementCounts): EngagementCounts {
  const add = <Counts extends Readonly<Record<string, number>>>(a: Counts, b: Counts): Counts =>
    Object.fromEntries(Object.entries(a).map(([what, count]) => [what, count + (b[what] ?? 0)])) as Counts;
  const { respond, restore, ...plain } = one;
  const { respond: itsRespond, restore: itsRestore, ...itsPlain } = other;
  return { ...add(plain, itsPlain), respond: add(respond, itsRespond), restore: add(restore, itsRestore) };
}
