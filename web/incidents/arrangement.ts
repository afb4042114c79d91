/** The order of the board. It never changes under a pointer or a focus: while somebody is in the list, rows keep their
 *  place and only their content follows; what is new waits behind a button. */
import type { IncidentView } from "#contract/shapes.ts";
import { endedStages } from "#core/kernel/vocabulary.ts";

export const groups = ["waiting", "working", "restored"] as const;
export type Group = (typeof groups)[number];
/** `group`: under which heading or in which column. */
export type Placed<In extends string = string> = { readonly id: string; readonly group: In };

/** As the server orders a board: priority, then newest. */
export function byAttention(a: IncidentView, b: IncidentView): number {
  const weight = (a.priority ?? 3) - (b.priority ?? 3);
  if (weight !== 0) return weight;
  return compare(reportedAt(b), reportedAt(a)) || compare(b.id, a.id);
}

/** What is due first in front; what has no target as usual, after it. */
export function byDue(a: IncidentView, b: IncidentView): number {
  if (a.due === null || b.due === null) return Number(a.due === null) - Number(b.due === null) || byAttention(a, b);
  return compare(a.due.at, b.due.at) || byAttention(a, b);
}

const reportedAt = (view: IncidentView): string => view.milestones.reported ?? view.updatedAt;
/** Of one form, texts of times are in the order of the times. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function groupOf(view: IncidentView): Group {
  if (view.milestones.restored !== undefined || view.milestones.resolved !== undefined) return "restored";
  return view.acceptedBy === null ? "waiting" : "working";
}

/** Group by group, each in the order given; what belongs to none is left out. */
export function arrange<In extends string>(
  views: readonly IncidentView[],
  order: readonly In[],
  of: (view: IncidentView) => In | null,
): Placed<In>[] {
  const placed = new Map(order.map((group): [In, Placed<In>[]] => [group, []]));
  for (const view of views) {
    const group = of(view);
    if (group !== null) placed.get(group)?.push({ id: view.id, group });
  }
  return [...placed.values()].flat();
}

export type Waiting = { readonly fresh: number; readonly moved: boolean };

/** What a held order does not show yet. */
export function waitingBehind(held: readonly Placed[], wanted: readonly Placed[]): Waiting {
  const shown = new Set(held.map(({ id }) => id));
  const fresh = wanted.filter(({ id }) => !shown.has(id)).length;
  const spelled = (order: readonly Placed[]) => order.map(({ id, group }) => `${group}/${id}`).join(" ");
  return { fresh, moved: spelled(held) !== spelled(wanted) };
}

export type BoardView = "open" | "mine" | "major" | "ended";

/** `INC-2026-000412` is said INC-412 during its own year. */
export function shortNumber(number: string, year: number): string {
  const parts = /^([A-Z]+)-(\d{4})-0*(\d+)$/.exec(number);
  return parts && Number(parts[2]) === year ? `${parts[1]}-${parts[3]}` : number;
}

const steps: Readonly<Partial<Record<IncidentView["stage"], number>>> = {
  reported: 1,
  registered: 2,
  categorised: 2,
  assigned: 3,
  investigating: 4,
  diagnosing: 5,
  resolving: 6,
  restored: 7,
  dismissed: 0,
  merged: 0,
};

/** Step of the life cycle, 1 to 8: a closed incident has passed them all. What was no incident of its own has none. */
export const stepOf = (view: IncidentView): number => steps[view.stage] ?? 8;
/** Closed, or no incident of its own: nothing is to come. */
export const hasEnded = ({ stage }: Pick<IncidentView, "stage">): boolean => endedStages.includes(stage);
export const isMajor = (view: IncidentView): boolean => view.categories.includes("major") && !hasEnded(view);
export const startOf = (view: IncidentView): number => Date.parse(view.milestones.reported ?? view.updatedAt);
