/** The first entries of a directory, several at a time: each act of the guided set-up is one transaction, with an audit entry
 *  for each thing it made, so that nothing is half there when it fails. */
import type { FastifyRequest } from "fastify";
import type pg from "pg";
import type { z } from "zod";
import type { addFirstService, setOnCall, setOrganisation } from "../../contract/setup.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { type Envelope, stampOf } from "../../core/kernel/stamp.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import type { WeeklyRotation } from "../../core/oncall/rotation.ts";
import { viewerOf } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import { transact } from "../platform/database.ts";
import { appendAudit } from "../platform/event-log.ts";
import { bumpDirectory } from "./load.ts";
import { each, refuseUnknown } from "./references.ts";
import { insertPerson, insertPolicy, insertService, insertTeam, updatePerson, updateSettings } from "./store.ts";

type Known = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly directory: () => Directory;
  readonly changed: () => Promise<void>;
  readonly insertSchedule: (
    client: pg.PoolClient,
    fields: { readonly name: string; readonly layers: readonly FirstLayer[]; readonly declaredGaps: readonly [] },
    at: number,
  ) => Promise<string>;
};

type FirstLayer = {
  readonly name: string;
  readonly rotation: Omit<WeeklyRotation, "beginsAt">;
  readonly restriction: null;
};

type Note = (kind: string, id: string, type: string, data: JsonObject) => Promise<void>;
type Writing = { readonly client: pg.PoolClient; readonly at: number; readonly note: Note };

export type FirstSteps = {
  readonly organise: (request: FastifyRequest, body: z.output<typeof setOrganisation.body>) => Promise<void>;
  readonly addService: (request: FastifyRequest, body: z.output<typeof addFirstService.body>) => Promise<void>;
  readonly putOnCall: (request: FastifyRequest, body: z.output<typeof setOnCall.body>) => Promise<void>;
};

export function createFirstSteps(known: Known): FirstSteps {
  return {
    organise: (request, body) => write(known, request, (writing) => organise(known, request, writing, body)),
    addService: (request, body) => write(known, request, (writing) => addService(request, writing, body)),
    putOnCall: (request, body) => write(known, request, (writing) => putOnCall(known, writing, body)),
  };
}

async function write(
  { pool, clock, changed }: Known,
  request: FastifyRequest,
  work: (writing: Writing) => Promise<void>,
): Promise<void> {
  const at = clock.now();
  const envelope: Envelope = { at, actor: viewerOf(request).actor, cause: { kind: "request", id: request.id } };
  const stamp = stampOf(envelope, null, false);
  await transact(pool, 8_000, async (client) => {
    const note: Note = (kind, id, type, data) => appendAudit(client, { stream: `${kind}/${id}`, type, stamp, data });
    await work({ client, at, note });
    await bumpDirectory(client);
  });
  await changed();
}

async function organise(
  { directory }: Known,
  request: FastifyRequest,
  { client, note }: Writing,
  body: z.output<typeof setOrganisation.body>,
): Promise<void> {
  const { person } = viewerOf(request);
  const moved = person.zone === directory().zone && person.zone !== body.zone;
  await updateSettings(client, body);
  await note("settings", "desk", "settings.changed", body);
  if (!moved) return;
  await updatePerson(client, person.id, { zone: body.zone });
  await note("person", person.id, "person.changed", { fields: ["zone"] });
}

async function addService(
  request: FastifyRequest,
  { client, at, note }: Writing,
  { nameFr, nameEn, team: name }: z.output<typeof addFirstService.body>,
): Promise<void> {
  const { person } = viewerOf(request);
  const team = await insertTeam(client, name, [person.id], at);
  await note("team", team, "team.added", { name, members: [person.id] });
  const fields = {
    nameFr,
    nameEn,
    owner: person.id,
    team,
    policy: null,
    vital: [],
    dependsOn: [],
    aliases: { fr: [], en: [] },
  };
  const service = await insertService(client, fields, at);
  await note("service", service, "service.added", fields);
}

/** On call first, then all administrators: the last step is somebody at any hour, whatever becomes of the schedule. */
async function putOnCall(
  { directory, insertSchedule }: Known,
  { client, at, note }: Writing,
  { name, people, weekday, handoverTime, minutes }: z.output<typeof setOnCall.body>,
): Promise<void> {
  const { language, locale = language, zone } = directory();
  const named = people.map((one) => ("id" in one ? one.id : null));
  await refuseUnknown(client, each("person", named, "/people"));
  const participants: string[] = [];
  for (const one of people) {
    if ("id" in one) {
      participants.push(one.id);
      continue;
    }
    const id = await insertPerson(client, { ...one, language: locale, zone, level: newcomerLevel }, at);
    await note("person", id, "person.added", { name: one.name, level: newcomerLevel, admin: false });
    participants.push(id);
  }
  const rotation = {
    kind: "weekly" as const,
    zone,
    startDate: lastWeekday(at, { zone, weekday, handoverTime }),
    handoverTime,
    lengthWeeks: 1,
    participants,
  };
  const layers = [{ name: "", rotation, restriction: null }];
  const schedule = await insertSchedule(client, { name, layers, declaredGaps: [] }, at);
  await note("schedule", schedule, "schedule.added", { name, layers });
  const steps = [
    { targets: [{ kind: "schedule", id: schedule }], timeoutMinutes: minutes },
    { targets: [{ kind: "administrators", first: false }], timeoutMinutes: minutes },
  ];
  const policy = await insertPolicy(client, { name, steps, repeat: 2, default: true }, at);
  await note("policy", policy, "policy.added", { name, default: true });
}

/** May act on an incident that is given to them, and coordinate until somebody else does. */
const newcomerLevel = 3;

/** The latest such day whose hand-over has passed: the first of the list is on call at once. */
function lastWeekday(
  at: number,
  { zone, weekday, handoverTime }: { readonly zone: string; readonly weekday: number; readonly handoverTime: string },
): string {
  const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const today = here.toPlainDate();
  const back = today.subtract({ days: (today.dayOfWeek - weekday + 7) % 7 });
  const passed = Temporal.PlainTime.compare(Temporal.PlainTime.from(handoverTime), here.toPlainTime()) <= 0;
  return (back.equals(today) && !passed ? back.subtract({ days: 7 }) : back).toString();
}
