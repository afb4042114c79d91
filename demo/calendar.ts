/** When things go wrong: on the days and at the hours at which whoever says it would be there. */
import type { Chance } from "../core/drills/chance.ts";
import { dayMs, hourMs, zoned } from "../core/kernel/time.ts";
import type { Instant } from "../core/kernel/vocabulary.ts";
import { zone } from "./organisation.ts";
import type { From, Situation } from "./situation.ts";

/** That day's beginning in the city. */
export function midnight(at: Instant): Instant {
  return zoned(at, zone).startOfDay().epochMilliseconds;
}

/** Machines do not keep hours; a third of what they say comes at night. */
export const speaksAtNight = ({ from, hour }: Situation, chance: Chance): boolean =>
  from === "machine" && hour === undefined && chance.happens(0.35);

type Wanted = Pick<Situation, "hour" | "season"> & { readonly who: From | "night"; readonly days: number };

/** A season that history does not have is looked for no longer than this. */
const triesMax = 400;

/** A weekday mostly. Nothing when the season never comes. */
export function momentOf(chance: Chance, from: Instant, { who, days, hour, season }: Wanted): Instant[] {
  for (let tried = 0; tried < triesMax; tried++) {
    const day = midnight(from + (1 + chance.below(days - 1)) * dayMs + 12 * hourMs);
    const { dayOfWeek, month } = zoned(day + 12 * hourMs, zone);
    if (season === "cold" && month >= 5 && month <= 9) continue;
    if (dayOfWeek > 5 && !chance.happens(hour === undefined ? atWeekends(who) : 0)) continue;
    return [day + Math.round((hour ?? hourFor(chance, who)) * hourMs)];
  }
  return [];
}

const atWeekends = (who: From | "night"): number =>
  who === "machine" || who === "night" || who === "public" ? 0.6 : 0.08;

function hourFor(chance: Chance, who: From | "night"): number {
  switch (who) {
    case "night":
      return 22 + chance.next() * 8.5;
    case "machine":
      return 6 + chance.next() * 16;
    case "public":
      return chance.happens(0.85) ? 8.3 + chance.next() * 8 : 17 + chance.next() * 4;
    default:
      return 7.7 + (chance.next() + chance.next()) * 4.4;
  }
}
