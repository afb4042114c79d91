/** Schedules over HTTP: read, changed by administrators, and who holds them when. The same functions page people. */
import type pg from "pg";
import * as contract from "../../contract/oncall.ts";
import type { Span } from "../../core/kernel/spans.ts";
import { dayMs, parseIso, toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { spelledSchedule, spelledSpan } from "../../core/oncall/definition.ts";
import { type Absence, type FinalSchedule, finalSchedule } from "../../core/oncall/final-schedule.ts";
import { holidaysBetween, type NamedHoliday, placesOf } from "../../core/oncall/holidays.ts";
import { hoursOf } from "../../core/oncall/hours.ts";
import {
  inTheirOwnRight,
  layersOf,
  mayStandIn,
  onCallAt,
  type Schedule,
  turnsBetween,
} from "../../core/oncall/schedule.ts";
import { viewerOf } from "../access/viewer.ts";
import { everything, type Serve } from "../platform/http.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import { refuseUnknownPlaces } from "../platform/public-holidays.ts";
import { datedFor } from "./holiday-routes.ts";
import { type OnCallKnown, refuseForOthers } from "./known.ts";
import {
  endRow,
  findOverride,
  insertOverride,
  insertSchedule,
  type NewLayer,
  type StandsInFields,
  stretchOf,
  updateSchedule,
} from "./schedule-store.ts";

const finalView = ({ stretches, gaps }: FinalSchedule, holidays: readonly NamedHoliday[] | null) => ({
  spans: stretches.map(({ held, ...span }) => ({ ...spelledSpan(span), person: held.personId, by: held.by })),
  gaps: gaps.map(({ declared, ...span }) => ({ ...spelledSpan(span), declared })),
  ...(holidays && {
    holidays: holidays.map(({ from, until, ...day }) => ({ ...spelledSpan({ from, until }), ...day })),
  }),
});

export const finalViewOf = (schedule: Omit<Schedule, "id" | "name">, absences: readonly Absence[], period: Span) =>
  finalView(
    finalSchedule(schedule, absences, period),
    placesOf(layersOf(schedule)).length === 0
      ? null
      : holidaysBetween(layersOf(schedule), schedule.holidays ?? [], period),
  );

/** Made a moment ago on another node, it may not be known here yet. */
async function scheduleNamed({ directory, changed }: OnCallKnown, id: string): Promise<Schedule> {
  if (!directory().schedules.has(id)) await changed();
  const found = directory().schedules.get(id);
  if (!found) throw new HttpProblem(404, "not-found");
  return found;
}

export function scheduleRoutes(serve: Serve, known: OnCallKnown): void {
  readingRoutes(serve, known);
  changingRoutes(serve, known);
  overrideRoutes(serve, known);
}

/** Far enough for the turns after this one, whatever their length. */
const lookedAroundMs = 60 * dayMs;

function readingRoutes(serve: Serve, known: OnCallKnown): void {
  const { directory, clock } = known;
  serve(contract.listSchedules, async () => everything([...directory().schedules.values()].map(spelledSchedule)));
  serve(contract.readSchedule, async ({ params }) => spelledSchedule(await scheduleNamed(known, params.id)));
  serve(contract.readFinalSchedule, async ({ params, query }) => {
    const period = stretchOf(query);
    const schedule = await datedFor(await scheduleNamed(known, params.id), period);
    return finalViewOf(schedule, directory().absences, period);
  });
  serve(contract.readScheduleHours, async ({ params, query }) => {
    const schedule = await datedFor(await scheduleNamed(known, params.id), stretchOf(query));
    const zone = schedule.layers[0]?.rotation.zone ?? directory().zone;
    const hours = hoursOf(schedule, directory().absences, stretchOf(query), zone);
    return everything(hours.map(({ personId, ...sums }) => ({ person: personId, ...sums })));
  });
  serve(contract.readOnCall, async ({ query }) => {
    const at = (query.at === undefined ? undefined : parseIso(query.at)) ?? clock.now();
    const { schedules, absences } = directory();
    const around = { from: at - lookedAroundMs, until: at + lookedAroundMs };
    const dated = await Promise.all(inTheirOwnRight(schedules).map((one) => datedFor(one, around)));
    return everything(
      dated.map((schedule) => {
        const { id, name } = schedule;
        const turns = turnsBetween(schedule, absences, around);
        const place = turns.findIndex(({ from, until }) => from <= at && at < until);
        const now = turns[place];
        const next = turns[place + 1];
        const until = onCallAt(schedule, absences, at)?.until;
        return {
          schedule: { id, name },
          now: now?.personId ? { ...spelledSpan({ ...now, until: until ?? now.until }), person: now.personId } : null,
          next: next ? { ...spelledSpan(next), person: next.personId } : null,
        };
      }),
    );
  });
}

const eachParticipant = (layers: readonly NewLayer[]) =>
  layers.flatMap(({ rotation }, layer) =>
    rotation.participants.flatMap((id, turn) =>
      id === null ? [] : [{ id, pointer: `/layers/${layer}/rotation/participants/${turn}` }],
    ),
  );

/** One at a time: two that would have the same time must see each other. */
async function refuseStandIn(
  client: pg.PoolClient,
  { readDirectory }: OnCallKnown,
  id: string | null,
  standsIn: StandsInFields,
): Promise<void> {
  await client.query("select 1 from schedules order by id for update");
  const { schedules } = await readDirectory(client);
  if (!schedules.has(standsIn.for)) throw refused("schedule-unknown", { schedule: standsIn.for });
  const asked = { for: standsIn.for, ...stretchOf(standsIn) };
  if (!mayStandIn(schedules, id ?? "", asked)) throw refused("cannot-stand-in");
}

function changingRoutes(serve: Serve, known: OnCallKnown): void {
  const { clock, change, refuseUnknownPeople } = known;
  serve(contract.addSchedule, async ({ request, body }) => {
    await refuseUnknownPlaces(placesOf(body.layers));
    const id = await change(request, async (client) => {
      await refuseUnknownPeople(client, eachParticipant(body.layers));
      if (body.standsIn) await refuseStandIn(client, known, null, body.standsIn);
      const made = await insertSchedule(client, body, clock.now());
      return { id: made, kind: "schedule", type: "schedule.added", data: body as JsonObject, result: made };
    });
    return spelledSchedule(await scheduleNamed(known, id));
  });
  serve(contract.changeSchedule, async ({ request, params: { id }, body }) => {
    await refuseUnknownPlaces(placesOf(body.layers ?? []));
    if (Object.keys(body).length > 0)
      await change(request, async (client) => {
        await refuseUnknownPeople(client, eachParticipant(body.layers ?? []));
        if (body.standsIn) await refuseStandIn(client, known, id, body.standsIn);
        await updateSchedule(client, id, body);
        return { id, kind: "schedule", type: "schedule.changed", data: body as JsonObject, result: null };
      });
    return spelledSchedule(await scheduleNamed(known, id));
  });
}

function overrideRoutes(serve: Serve, known: OnCallKnown): void {
  const { clock, change, refuseUnknownPeople } = known;
  serve(contract.addOverride, async ({ request, params, body }) => {
    refuseForOthers(request, body.person);
    const at = clock.now();
    const span = stretchOf(body);
    if (span.until <= at) throw refused("already-over");
    const id = await change(request, async (client) => {
      await refuseUnknownPeople(client, [{ id: body.person, pointer: "/person" }]);
      if (!known.directory().people.get(body.person)?.active) throw refused("person-inactive", { person: body.person });
      const { rowCount } = await client.query("select 1 from schedules where id = $1 for share", [params.id]);
      if (rowCount === 0) throw refused("schedule-unknown", { schedule: params.id });
      const by = { at, by: viewerOf(request).person.id };
      const made = await insertOverride(client, { ...span, scheduleId: params.id, personId: body.person }, by);
      const data = { override: made, ...body };
      return { id: params.id, kind: "schedule", type: "schedule.override-added", data, result: made };
    });
    return { id, ...body, madeAt: toIso(at) };
  });
  serve(contract.endOverride, async ({ request, params }) => {
    const at = clock.now();
    await change(request, async (client) => {
      const row = await findOverride(client, params.id, params.override);
      if (!row) throw refused("override-unknown");
      refuseForOthers(request, row.person_id);
      if (row.until_at <= at) throw refused("already-over");
      await endRow(client, "schedule_overrides", params.override, at);
      const data = { override: params.override };
      return { id: params.id, kind: "schedule", type: "schedule.override-ended", data, result: null };
    });
    return {};
  });
}
