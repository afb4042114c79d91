/** Turns in people's calendars, and absences out of them. Whoever knows a feed's address reads names and times of turns,
 *  and nothing else; its key is kept hashed. */
import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import * as contract from "../../contract/calendars.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { dayMs, hourMs, toIso } from "../../core/kernel/time.ts";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { finalSchedule } from "../../core/oncall/final-schedule.ts";
import { inTheirOwnRight } from "../../core/oncall/schedule.ts";
import type { Messages } from "../../languages/messages.ts";
import { viewerOf } from "../access/viewer.ts";
import { everything, type Serve } from "../platform/http.ts";
import { refused } from "../platform/problems.ts";
import { hashSecret, randomWord } from "../platform/secrets.ts";
import { type CalendarEvent, readCalendar, writeCalendar } from "./calendar.ts";
import type { OnCallKnown } from "./known.ts";
import { insertAbsence } from "./schedule-store.ts";

export type CalendarKnown = OnCallKnown & {
  readonly url: string;
  readonly said: (locale: Locale) => Pick<Messages<"calendar.turn" | "calendar.name">, "t">;
};

type Kind = "person" | "team" | "schedule";
type Row = {
  readonly id: string;
  readonly kind: Kind;
  readonly subject_id: string;
  readonly made_at: number;
  readonly used_at: number | null;
};

const viewOf = (row: Row) => ({
  id: row.id,
  kind: row.kind,
  subject: row.subject_id,
  madeAt: toIso(row.made_at),
  usedAt: row.used_at === null ? null : toIso(row.used_at),
});

export function calendarRoutes(app: FastifyInstance, serve: Serve, known: CalendarKnown): void {
  feedRoutes(serve, known);
  importRoute(serve, known);
  app.get("/feeds/:file", async (request, reply) => {
    const { file } = request.params as { file: string };
    return sendFeed(known, /^([A-Za-z0-9]{32})\.ics$/.exec(file)?.[1] ?? null, reply);
  });
}

function feedRoutes(serve: Serve, known: CalendarKnown): void {
  const { pool, clock } = known;
  serve(contract.listCalendarFeeds, async ({ request }) => {
    const { rows } = await pool.query<Row>(
      "select id, kind, subject_id, made_at, used_at from calendar_feeds where made_by = $1 and revoked_at is null order by made_at, id",
      [viewerOf(request).person.id],
    );
    return everything(rows.map(viewOf));
  });
  serve(contract.addCalendarFeed, async ({ request, body: { kind, subject } }) => {
    const owner = viewerOf(request).person.id;
    const row: Row = { id: randomUUID(), kind, subject_id: subject, made_at: clock.now(), used_at: null };
    const key = randomWord(32);
    await known.changed();
    if (!subjectsOf(known.directory())[kind].has(subject)) throw refused(`${kind}-unknown`, { [kind]: subject });
    await known.change(request, async (client) => {
      const { rows } = await client.query<{ count: number }>(
        "select count(*)::int as count from calendar_feeds where made_by = $1 and revoked_at is null",
        [owner],
      );
      if ((rows[0]?.count ?? 0) >= contract.feedsMax) throw refused("too-many-feeds", { max: contract.feedsMax });
      await client.query(
        "insert into calendar_feeds (id, key_hash, kind, subject_id, made_by, made_at) values ($1, $2, $3, $4, $5, $6)",
        [row.id, hashSecret(key), kind, subject, owner, row.made_at],
      );
      const data = { feed: row.id, kind, subject };
      return { id: owner, kind: "person", type: "person.feed-added", data, result: null };
    });
    return { ...viewOf(row), address: `${known.url}/feeds/${key}.ics` };
  });
  serve(contract.revokeCalendarFeed, async ({ request, params }) => {
    const owner = viewerOf(request).person.id;
    await known.change(request, async (client) => {
      const { rowCount } = await client.query(
        "update calendar_feeds set revoked_at = $3 where id = $1 and made_by = $2 and revoked_at is null",
        [params.id, owner, clock.now()],
      );
      if (rowCount === 0) throw refused("feed-unknown");
      return { id: owner, kind: "person", type: "person.feed-ended", data: { feed: params.id }, result: null };
    });
    return {};
  });
}

const subjectsOf = ({ people, teams, schedules }: Directory) => ({ person: people, team: teams, schedule: schedules });

const shownBehindMs = 30 * dayMs;
const shownAheadMs = 180 * dayMs;

async function sendFeed(known: CalendarKnown, key: string | null, reply: FastifyReply): Promise<FastifyReply> {
  const at = known.clock.now();
  const { rows } =
    key === null
      ? { rows: [] }
      : await known.pool.query<Row & { readonly made_by: string }>(
          "select id, kind, subject_id, made_by, made_at, used_at from calendar_feeds where key_hash = $1 and revoked_at is null",
          [hashSecret(key)],
        );
  const [row] = rows;
  const owner = row && known.directory().people.get(row.made_by);
  /* An account that is closed closes its feeds. */
  if (!row || !owner?.active) return reply.code(404).type("text/plain; charset=utf-8").send("Not found\n");
  if (at >= (row.used_at ?? 0) + hourMs)
    await known.pool.query("update calendar_feeds set used_at = $2 where id = $1", [row.id, at]);
  const { t } = known.said(owner.locale ?? owner.language);
  const directory = known.directory();
  const subject = subjectsOf(directory)[row.kind].get(row.subject_id)?.name ?? "";
  const events = eventsOf(directory, row, at, (schedule, person) => t("calendar.turn", { schedule, person }));
  return reply
    .header("content-disposition", 'inline; filename="on-call.ics"')
    .type("text/calendar; charset=utf-8")
    .send(writeCalendar(t("calendar.name", { subject }), events, at));
}

function eventsOf(
  directory: Directory,
  { kind, subject_id }: Row,
  at: number,
  said: (schedule: string, person: string) => string,
): CalendarEvent[] {
  const { schedules, people, teams, absences } = directory;
  const of = kind === "schedule" ? [subject_id] : inTheirOwnRight(schedules).map(({ id }) => id);
  const members = kind === "person" ? [subject_id] : kind === "team" ? (teams.get(subject_id)?.members ?? []) : null;
  const period = { from: at - shownBehindMs, until: at + shownAheadMs };
  return of.flatMap((id) => {
    const schedule = schedules.get(id);
    if (!schedule) return [];
    return finalSchedule(schedule, absences, period)
      .stretches.filter(({ held }) => members === null || members.includes(held.personId))
      .map(({ from, until, held }) => ({
        uid: `${id}-${held.personId}-${from}@tocsin`,
        from,
        until,
        summary: said(schedule.name, people.get(held.personId)?.name ?? ""),
      }));
  });
}

const importedMax = 200;
const importAheadMs = 366 * dayMs;

function importRoute(serve: Serve, known: CalendarKnown): void {
  serve(contract.importAbsences, async ({ request, body }) => {
    const at = known.clock.now();
    const { person } = viewerOf(request);
    const read = readCalendar(body.calendar, {
      from: at,
      until: at + importAheadMs,
      zone: person.zone,
      max: importedMax,
    });
    if (!read) throw refused("calendar-unreadable");
    if (!body.preview && read.events.length > 0)
      await known.change(request, async (client) => {
        for (const { from, until } of read.events)
          await insertAbsence(client, { personId: person.id, from, until }, { at, by: person.id });
        const data = { count: read.events.length };
        return { id: person.id, kind: "person", type: "person.absences-imported", data, result: null };
      });
    return {
      absences: read.events.map(({ from, until, summary }) => ({ from: toIso(from), until: toIso(until), summary })),
      left: read.left,
    };
  });
}
