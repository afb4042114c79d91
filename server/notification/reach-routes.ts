/** In which turns one is called, a test of every way at once, and what each way was given lately. */
import type { FastifyRequest } from "fastify";
import * as contract from "../../contract/notifications.ts";
import type { Preference } from "../../core/directory/types.ts";
import { pageNotAfterMinutes } from "../../core/escalation/requesting.ts";
import type { Envelope } from "../../core/kernel/stamp.ts";
import { isoOrNull, minuteMs, toIso } from "../../core/kernel/time.ts";
import type { JsonObject } from "../../core/kernel/vocabulary.ts";
import { quietUntil } from "../../core/notification/turns.ts";
import { viewerOf } from "../access/viewer.ts";
import { unadmittedEffects } from "../access/visible.ts";
import { transact } from "../platform/database.ts";
import { everything, type Serve } from "../platform/http.ts";
import { insertOutbox } from "../platform/outbox.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import { type ContactKnown, mineOf } from "./contact-routes.ts";
import { mayBeCalled, pointsOf } from "./contact-store.ts";
import { type DeliveryRow, deliveriesOf, findDelivery, latestTest, type TestRow } from "./delivery-store.ts";
import { deliveryView, shownEvidence } from "./delivery-view.ts";
import { moveHeld } from "./held-store.ts";
import { readEvidence } from "./provider-store.ts";

export function reachRoutes(serve: Serve, known: ContactKnown): void {
  preferenceRoutes(serve, known);
  deliveryRoutes(serve, known);
  testRoutes(serve, known);
}

const unsaid: Preference = { high: [], low: [] };

function preferenceRoutes(serve: Serve, known: ContactKnown): void {
  const read = async (request: FastifyRequest): Promise<Preference> => {
    const { id } = viewerOf(request).person;
    const points = await pointsOf(known.pool, id);
    const said = known.directory().people.get(id)?.preference ?? unsaid;
    const there = (rules: Preference["high"]) =>
      rules.filter((rule) => points.some((one) => one.id === rule.contactPoint));
    return { high: there(said.high), low: there(said.low), quiet: said.quiet ?? null };
  };
  serve(contract.readPreference, async ({ request }) => read(request));
  serve(contract.changePreference, async ({ request, body }) => {
    const { actor, person } = viewerOf(request);
    const envelope: Envelope = { at: known.clock.now(), actor, cause: { kind: "request", id: request.id } };
    const before = await read(request);
    const [high, low] = [body.high ?? before.high, body.low ?? before.low];
    const quiet = body.quiet === undefined ? (before.quiet ?? null) : body.quiet;
    await known.change(envelope, async (client) => {
      const mine = (await pointsOf(client, person.id)).map((one) => one.id);
      if (![...high, ...low].every((rule) => mine.includes(rule.contactPoint))) throw refused("contact-point-unknown");
      await client.query(
        `insert into notification_preferences (person_id, high, low, quiet) values ($1, $2, $3, $4)
on conflict (person_id) do update set high = excluded.high, low = excluded.low, quiet = excluded.quiet`,
        [person.id, JSON.stringify(high), JSON.stringify(low), quiet && JSON.stringify(quiet)],
      );
      const now = known.clock.now();
      const dueAt = quietUntil({ zone: person.zone, preference: { high, low, quiet } }, now) ?? now;
      await moveHeld(client, { personId: person.id, dueAt, notAfter: dueAt + pageNotAfterMinutes * minuteMs });
      const data = { high, low, quiet } as unknown as JsonObject;
      return { id: person.id, kind: "person", type: "person.preference-changed", data, result: null };
    });
    await known.changed();
    known.wake();
    return read(request);
  });
}

/** A copy goes out only while its original would still mean something to somebody. */
const copyNotAfterMs = 30 * minuteMs;

function deliveryRoutes(serve: Serve, known: ContactKnown): void {
  serve(contract.listDeliveries, async ({ request, params }) => {
    const mine = await pointsOf(known.pool, viewerOf(request).person.id);
    if (!mine.some((one) => one.id === params.id)) throw new HttpProblem(404, "not-found");
    const all = await deliveriesOf(known.pool, params.id);
    const outside = await unadmittedEffects(
      known.pool,
      all.map(({ id }) => id),
    );
    const rows = all.filter(({ id }) => !outside.has(id));
    const evidence = await readEvidence(known.pool, rows.map(messageOf));
    return everything(rows.map((row) => deliveryView(row, evidence.get(messageOf(row)) ?? [])));
  });
  serve(contract.redeliver, async ({ request, params }) => {
    const person = viewerOf(request).person.id;
    const now = known.clock.now();
    const id = await transact(known.pool, 8_000, async (client) => {
      const point = await mineOf(client, params.id, person);
      if (point.kind !== "webhook") throw refused("not-a-webhook");
      const original = await findDelivery(client, point.id, Number(params.delivery));
      const outside = await unadmittedEffects(client, original ? [original.id] : []);
      if (!original || outside.has(original.id)) throw new HttpProblem(404, "not-found");
      if (original.status === "pending") throw refused("still-pending");
      const copyOf = original.payload.copyOf ?? original.id;
      const kind = original.payload.original ?? original.kind;
      return insertOutbox(client, {
        key: `copy/${copyOf}/${now}`,
        kind: "copy",
        personId: person,
        channel: point.kind,
        pointId: point.id,
        incidentId: original.incidentId,
        pageId: original.pageId,
        payload: { ...original.payload, copyOf, original: kind },
        now,
        notAfter: now + copyNotAfterMs,
      });
    });
    known.wake();
    return { id: String(id) };
  });
}

const testNotAfterMs = 10 * minuteMs;
/** Asked again sooner, the test that is under way is answered. */
const testEveryMs = 10_000;

function testRoutes(serve: Serve, known: ContactKnown): void {
  serve(contract.readTestPage, async ({ request }) =>
    evidenceOf(known, await latestTest(known.pool, viewerOf(request).person.id)),
  );
  serve(contract.testPage, async ({ request }) => {
    const person = viewerOf(request).person.id;
    const now = known.clock.now();
    const rows = await transact(known.pool, 8_000, async (client) => {
      await client.query("select 1 from people where id = $1 for update", [person]);
      const last = await latestTest(client, person);
      if (last[0] && now < last[0].askedAt + testEveryMs) return last;
      const points = (await pointsOf(client, person)).filter(mayBeCalled);
      if (points.length === 0) throw refused("no-contact-point");
      for (const point of points) {
        await insertOutbox(client, {
          key: `test/${point.id}/${now}`,
          kind: "test",
          personId: person,
          channel: point.kind,
          pointId: point.id,
          payload: {},
          now,
          notAfter: now + testNotAfterMs,
        });
      }
      return latestTest(client, person);
    });
    known.wake();
    return evidenceOf(known, rows);
  });
}

/** What left together with another is proved by what is known of that one. */
const messageOf = ({ id, payload }: Pick<DeliveryRow, "id" | "payload">): number => Number(payload.with ?? id);

const ids = (rows: readonly { readonly id: number }[]): number[] => rows.map((row) => row.id);

async function evidenceOf({ pool }: ContactKnown, rows: readonly TestRow[]) {
  const evidence = await readEvidence(pool, ids(rows));
  return everything(rows.map((row) => ({ ...viewOf(row), evidence: (evidence.get(row.id) ?? []).map(shownEvidence) })));
}

function viewOf(row: TestRow) {
  return {
    id: String(row.id),
    contactPoint: row.pointId,
    kind: row.kind,
    name: row.name,
    address: row.address,
    state: stateOf(row),
    askedAt: toIso(row.askedAt),
    acceptedAt: row.status === "sent" ? isoOrNull(row.endedAt) : null,
    acknowledgedAt: isoOrNull(row.acknowledgedAt),
    attempts: row.attempts,
    lastError: row.lastError,
  };
}

function stateOf(row: TestRow): "pending" | "accepted" | "failed" | "acknowledged" {
  if (row.acknowledgedAt !== null) return "acknowledged";
  if (row.status === "pending") return "pending";
  return row.status === "sent" ? "accepted" : "failed";
}
