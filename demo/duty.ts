/** What stands around the city's schedules as the story ends: who will be away and who is put on call instead, a request that nobody
 *  has answered yet, a schedule of several layers with nights that are nobody's on purpose, and a temporary one. All of it
 *  to come: nothing of what was told depends on it. */
import type { Directory } from "../core/desk/directory.ts";
import type { Span } from "../core/kernel/spans.ts";
import { dayMs, hourMs, zoned } from "../core/kernel/time.ts";
import type { Instant } from "../core/kernel/vocabulary.ts";
import type { LayerDefinition } from "../core/oncall/definition.ts";
import { onCallAt, type StandsIn } from "../core/oncall/schedule.ts";
import { midnight } from "./calendar.ts";
import type { Cast } from "./cast.ts";
import * as city from "./organisation.ts";

type OfPerson = Span & { readonly personId: string };
type OfSchedule = OfPerson & { readonly scheduleId: string };

export type Duty = {
  readonly absences: readonly OfPerson[];
  readonly overrides: readonly OfSchedule[];
  readonly covers: readonly (OfSchedule & { readonly message: string })[];
  readonly schedules: readonly {
    readonly name: string;
    readonly layers: readonly LayerDefinition[];
    readonly declaredGaps: readonly Span[];
    readonly standsIn: StandsIn | null;
  }[];
};

const asked = {
  fr: "J’ai un rendez-vous médical ce jour-là. Quelqu’un peut-il prendre ma place?",
  en: "I have a medical appointment that day. Could somebody take my place?",
} as const;

/** Days on which clocks change have their own length: hours are those of the wall. */
const at = (now: Instant, days: number, hour: number): Instant =>
  zoned(midnight(now + days * dayMs + 2 * hourMs), city.zone).with({ hour }).epochMilliseconds;

export function dutyOf(cast: Cast, { schedules, people }: Directory, now: Instant): Duty {
  const holder = (name: city.ScheduleName, when: Instant): string => {
    const schedule = schedules.get(cast.schedules[name]);
    const held = schedule && onCallAt(schedule, [], when)?.held.personId;
    if (!held) throw new Error(`nobody is on call by ${name}`);
    return held;
  };
  const away = { from: at(now, 9, 8), until: at(now, 11, 8) };
  const gone = holder("applications", away.from);
  const instead = city.schedules.applications.participants.map((one) => cast.people[one]).find((one) => one !== gone);
  const cover = { from: at(now, 12, 8), until: at(now, 12, 20) };
  const asking = holder("coordination", cover.from);
  return {
    absences: [{ ...away, personId: gone }],
    overrides: [{ ...away, personId: instead ?? gone, scheduleId: cast.schedules.applications }],
    covers: [
      {
        ...cover,
        personId: asking,
        scheduleId: cast.schedules.coordination,
        message: asked[people.get(asking)?.language ?? "fr"],
      },
    ],
    schedules: [buildings(cast, now), holidayWeek(cast, now)],
  };
}

type Weekly = Extract<LayerDefinition["rotation"], { kind: "weekly" }>;

const weekly = (cast: Cast, now: Instant, participants: readonly city.PersonName[]): Weekly => {
  const today = zoned(now, city.zone).toPlainDate();
  return {
    kind: "weekly",
    zone: city.zone,
    startDate: today.subtract({ days: today.dayOfWeek - 1 }).toString(),
    handoverTime: "08:00",
    lengthWeeks: 1,
    participants: participants.map((one) => cast.people[one]),
  };
};

const workdays = [1, 2, 3, 4, 5];
const weekends = [6, 7];
const nightsDeclared = 56;

function buildings(cast: Cast, now: Instant): Duty["schedules"][number] {
  const hours = { zone: city.zone, closedOn: [] };
  return {
    name: "Garde bâtiments",
    layers: [
      {
        id: "office",
        name: "Heures de bureau",
        rotation: weekly(cast, now, ["guillaume", "tom"]),
        restriction: {
          ...hours,
          openings: [{ days: workdays, from: "08:00", until: "17:00" }],
          holidays: { place: "CA-QC", on: "closed" },
        },
      },
      {
        id: "besides",
        name: "Soirs, fins de semaine et jours fériés",
        rotation: weekly(cast, now, ["tom", "youssef"]),
        restriction: {
          ...hours,
          openings: [
            { days: workdays, from: "17:00", until: "23:00" },
            { days: weekends, from: "08:00", until: "23:00" },
          ],
          holidays: { place: "CA-QC", on: "open" },
        },
      },
    ],
    declaredGaps: Array.from({ length: nightsDeclared }, (_, day) => ({
      from: at(now, day - 1, 23),
      until: at(now, day, 8),
    })),
    standsIn: null,
  };
}

function holidayWeek(cast: Cast, now: Instant): Duty["schedules"][number] {
  const { dayOfWeek } = zoned(now, city.zone);
  const monday = 22 - dayOfWeek;
  const { zone, startDate, handoverTime, participants } = weekly(cast, now, ["tom", "daniel"]);
  return {
    name: "Garde serveurs, semaine de congé",
    layers: [
      {
        id: "all",
        name: "",
        rotation: { kind: "daily", zone, startDate, handoverTime, participants, lengthDays: 1 },
        restriction: null,
      },
    ],
    declaredGaps: [],
    standsIn: { for: cast.schedules.systems, from: at(now, monday, 9), until: at(now, monday + 7, 9) },
  };
}
