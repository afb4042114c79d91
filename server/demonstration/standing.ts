/** What stands around the city's schedules, written by the stores of on-call duty, each with its audit entry. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Span } from "../../core/kernel/spans.ts";
import { stampOf, systemActor } from "../../core/kernel/stamp.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { type LayerDefinition, spelledSpan } from "../../core/oncall/definition.ts";
import { dutyOf } from "../../demo/duty.ts";
import type { Story } from "../../demo/story.ts";
import { appendAudit } from "../platform/event-log.ts";

type SpelledSpan = { readonly from: string; readonly until: string };
type By = { readonly at: number; readonly by: string };

/** Of server/oncall. */
export type DutyStore = {
  readonly insertSchedule: (
    client: pg.PoolClient,
    fields: {
      readonly name: string;
      readonly layers: readonly LayerDefinition[];
      readonly declaredGaps: readonly SpelledSpan[];
      readonly standsIn: (SpelledSpan & { readonly for: string }) | null;
    },
    at: number,
  ) => Promise<string>;
  readonly insertOverride: (
    client: pg.PoolClient,
    one: Span & { readonly scheduleId: string; readonly personId: string },
    by: By,
  ) => Promise<string>;
  readonly insertAbsence: (client: pg.PoolClient, one: Span & { readonly personId: string }, by: By) => Promise<string>;
  readonly insertCover: (
    client: pg.PoolClient,
    row: {
      readonly id: string;
      readonly schedule_id: string;
      readonly person_id: string;
      readonly from_at: number;
      readonly until_at: number;
      readonly asked_person: null;
      readonly return_from: null;
      readonly return_until: null;
      readonly message: string;
      readonly made_at: number;
    },
  ) => Promise<void>;
};

type Standing = {
  readonly client: pg.PoolClient;
  readonly store: DutyStore;
  readonly story: Pick<Story, "cast" | "directory">;
  readonly createdBy: string;
  /** The end of the story. */
  readonly at: number;
};

export async function foundDuty({ client, store, story, createdBy, at }: Standing): Promise<void> {
  const duty = dutyOf(story.cast, story.directory, at);
  const by = { at, by: createdBy };
  for (const { name, layers, declaredGaps, standsIn } of duty.schedules) {
    const fields = {
      name,
      layers,
      declaredGaps: declaredGaps.map(spelledSpan),
      standsIn: standsIn && { for: standsIn.for, ...spelledSpan(standsIn) },
    };
    const id = await store.insertSchedule(client, fields, at);
    await audit(client, at, {
      stream: `schedule/${id}`,
      type: "schedule.added",
      data: fields as unknown as JsonObject,
    });
  }
  for (const { personId, ...span } of duty.absences) {
    const absence = await store.insertAbsence(client, { ...span, personId }, by);
    const data = { absence, ...spelledSpan(span) };
    await audit(client, at, { stream: `person/${personId}`, type: "person.absence-added", data });
  }
  for (const { personId, scheduleId, from, until } of duty.overrides) {
    const override = await store.insertOverride(client, { from, until, scheduleId, personId }, by);
    const data = { override, person: personId, ...spelledSpan({ from, until }) };
    await audit(client, at, { stream: `schedule/${scheduleId}`, type: "schedule.override-added", data });
  }
  for (const { personId, scheduleId, from, until, message } of duty.covers) {
    const id = randomUUID();
    const nothing = { asked_person: null, return_from: null, return_until: null } as const;
    const when = { from_at: from, until_at: until, made_at: at };
    await store.insertCover(client, { id, schedule_id: scheduleId, person_id: personId, ...when, ...nothing, message });
    const data = { request: id, person: personId, ...spelledSpan({ from, until }) };
    await audit(client, at, { stream: `schedule/${scheduleId}`, type: "schedule.cover-asked", data });
  }
}

type Entry = { readonly stream: string; readonly type: string; readonly data: JsonObject };

async function audit(client: pg.PoolClient, at: number, entry: Entry): Promise<void> {
  const envelope = { at, actor: systemActor("console"), cause: { kind: "demonstration" } };
  await appendAudit(client, { ...entry, stamp: stampOf(envelope, null, false) });
}
