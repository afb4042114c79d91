/** Words in which laws are written down: an entry for each instrument, with its legs, where it was read and when. None of it
 *  runs unasked: an organisation names those that are its own. What an entry says in words is in languages/obligations.ts. */
import type { Leg, Start } from "./clock.ts";
import type { Limit } from "./limit.ts";

export const lawStatuses = ["in-force", "adopted", "draft"] as const;
/** How it was read: in the law's own words, on its authority's page, in what others say of it, or not lately. */
export const certainties = ["text", "regulator", "secondary", "unchecked"] as const;

export type Law = {
  readonly id: string;
  /** One more with each change of what it says. */
  readonly version: number;
  /** Only what is in force has a clock that runs. */
  readonly status: (typeof lawStatuses)[number];
  /** A date; null: whenever. */
  readonly inForceFrom: string | null;
  readonly certainty: (typeof certainties)[number];
  /** When it was last compared with its source. */
  readonly checkedOn: string | null;
  readonly url: string | null;
  readonly legs: readonly Leg[];
};

export const hours = (count: number): Limit => ({ unit: "hours", count });
export const days = (count: number): Limit => ({ unit: "days", count });
export const months = (count: number): Limit => ({ unit: "months", count });
export const businessDays = (count: number, dayEndsAt: string): Limit => ({ unit: "business-days", count, dayEndsAt });

export const fact = (name: string): Start => ({ fact: name });
export const firstOf = (...legs: string[]): Start => ({ submissionOf: legs, which: "first" });
export const lastOf = (...legs: string[]): Start => ({ submissionOf: legs, which: "last" });

export const plain = {
  limitWhen: [],
  atLatest: null,
  onlyWith: [],
  notWith: [],
  until: null,
  extension: null,
  hold: null,
} satisfies Partial<Leg>;

/** Without a limit: no delay is asked for, and no figure given. */
export const leg = (
  id: string,
  start: Start,
  limit: Limit | null,
  more: Partial<Omit<Leg, "id" | "start" | "limit">> = {},
): Leg => ({ ...plain, id, start, limit, ...more });

/** All were compared with their sources together. */
export const lastChecked = "2026-11-22";

/** What is told of a law wherever one is named. */
export const headOf = ({ id, version, status, inForceFrom, certainty, checkedOn, url }: Law) => ({
  id,
  version,
  status,
  inForceFrom,
  certainty,
  checkedOn,
  url,
});
