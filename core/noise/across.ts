/** What a rule that is asked of all integrations together remembers: as much as an integration does of its own. */
import type { Instant } from "../kernel/vocabulary.ts";

export type Together = {
  /** When the latest alerts that a threshold counts arrived: as many as it counts. */
  readonly recent?: readonly Instant[];
  /** When the last source of an inhibition was over, for as long as its targets are given time to end too. */
  readonly over?: Readonly<Record<string, Instant>>;
};

export const nothingYet: Together = {};
