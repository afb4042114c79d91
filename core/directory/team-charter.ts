/** What a team that answers incidents is for, and how it is brought together: its mandate, the roles it fills, how many people make
 *  it able to act and by when, who is called first, and who is called when too few came. A team without one is a list of people. */
import type { Bilingual, Item } from "./category-process.ts";
import type { GrantedLevel } from "./responsibility.ts";

export type TeamRole = Item & {
  /** How many people fill it. */
  readonly count: number;
  /** The lowest that may hold it; null: anybody. */
  readonly level: GrantedLevel | null;
  /** The team has no quorum without it. */
  readonly required: boolean;
};

/** Who is called first; without one, all its members. */
export type Rota = { readonly kind: "schedule" | "policy"; readonly id: string };

export type Charter = {
  readonly mandate: Bilingual;
  readonly roles: readonly TeamRole[];
  /** So many people, and each role that is required, make its quorum. */
  readonly people: number;
  /** By when, counted from its activation. */
  readonly minutes: number;
  readonly rota: Rota | null;
  /** Called when the quorum is missed: a person. */
  readonly deputy: string | null;
  /** Where it is reached besides: a room, a line, a mailbox. */
  readonly contact: string | null;
};

export const teamRolesMax = 15;
export const roleCountMax = 20;
export const quorumPeopleMax = 50;
export const quorumMinutesMax = 24 * 60;

/** A role that stands twice; null when none does. */
export const roleTwice = ({ roles }: Charter): string | null =>
  roles.find(({ id }, index) => roles.findIndex((one) => one.id === id) !== index)?.id ?? null;

/** How many must come before nobody else is called: a person holds one role. */
export function peopleWanted({ people, roles }: Pick<Charter, "people" | "roles">): number {
  const required = roles.reduce((sum, { required: asked, count }) => sum + (asked ? count : 0), 0);
  return Math.max(people, required, 1);
}
