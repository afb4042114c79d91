/** Signing in and out, and personal tokens. */
import type { FastifyRequest } from "fastify";
import * as account from "../../contract/account.ts";
import { type Envelope, stampOf } from "../../core/kernel/stamp.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { transact } from "../platform/database.ts";
import { appendAudit } from "../platform/event-log.ts";
import type { Serve } from "../platform/http.ts";
import type { Log } from "../platform/log.ts";
import { HttpProblem } from "../platform/problems.ts";
import { networkOf } from "./network.ts";
import { checkPassword, hashPassword } from "./password.ts";
import { type Access, closeSession, insertToken, openSession, tokenDaysDefault } from "./sessions.ts";
import { type Viewer, viewerOf } from "./viewer.ts";

type Known = Access & {
  readonly log: Log;
  /** Reads the directory again after a change made here. */
  readonly changed: () => Promise<void>;
  /** How far the live stream has come. */
  readonly streamedTo: () => string;
};

const dayMs = 86_400_000;
/** Ten years: longer is a mistake of unit. */
const tokenDaysMax = 3_660;
/** Attempts by account and by network in ten minutes; nobody can lock another out for longer. */
const attemptsMax = 10;
const attemptsWindowMs = 600_000;
const rememberedMax = 50_000;

export function accessRoutes(serve: Serve, known: Known): void {
  const attempts = createLimiter();
  serve(account.signIn, async ({ body, request, reply }) => {
    const email = body.email.trim().toLowerCase();
    const now = known.clock.now();
    const network = networkOf(request);
    if (!attempts.allow([`account/${email}/${network}`, `network/${network}`], now)) {
      known.log.warn({ event: "sign-in-limited", account: email.slice(0, 254), network }, "too many sign-ins");
      throw new HttpProblem(429, "too-many-requests");
    }
    const { rows } = await known.pool.query<{ id: string; password_hash: string | null; active: boolean }>(
      "select id, password_hash, active from people where lower(email) = $1",
      [email],
    );
    const found = rows[0];
    const { right, stale } = await checkPassword(body.password, found?.password_hash ?? null);
    if (!right || !found?.active) {
      known.log.warn({ event: "sign-in-refused", account: email.slice(0, 254), network }, "sign-in refused");
      throw new HttpProblem(401, "wrong-credentials");
    }
    if (stale)
      await known.pool.query("update people set password_hash = $2 where id = $1", [
        found.id,
        await hashPassword(body.password),
      ]);
    await known.changed();
    await openSession(known, reply, found.id);
    known.log.info({ event: "signed-in", person: found.id, network }, "signed in");
    attempts.forget(`account/${email}/${network}`);
    return meOf(known, found.id);
  });
  serve(account.readMe, async ({ request }) => meOf(known, viewerOf(request).person.id));
  serve(account.signOut, async ({ request, reply }) => {
    await closeSession(known, request, reply);
    return {};
  });
  serve(account.changeMe, async ({ request, body }) => {
    const { person } = viewerOf(request);
    if (body.language) {
      await known.pool.query(
        "with changed as (update people set language = $2 where id = $1) update settings set directory_version = directory_version + 1",
        [person.id, body.language satisfies Locale],
      );
      await known.changed();
    }
    return meOf(known, person.id);
  });
  tokenRoutes(serve, known);
}

function tokenRoutes(serve: Serve, known: Known): void {
  serve(account.makeToken, async ({ request, body }) => {
    const viewer = viewerOf(request);
    const at = known.clock.now();
    const expiresAt = body.expiresAt ? Date.parse(body.expiresAt) : at + tokenDaysDefault * dayMs;
    if (expiresAt <= at || expiresAt > at + tokenDaysMax * dayMs)
      throw new HttpProblem(422, "invalid-body", {
        errors: [{ pointer: "/expiresAt", code: "out-of-range", detail: "" }],
      });
    const scopes = body.scopes ?? ["read", "write"];
    const made = await transact(known.pool, 8_000, async (client) => {
      const token = await insertToken(client, {
        personId: viewer.person.id,
        name: body.name,
        scopes,
        expiresAt,
        at,
        via: "session",
      });
      await appendAudit(client, {
        stream: `person/${viewer.person.id}`,
        type: "token.made",
        stamp: stampOf(envelopeOf(viewer, at, request), null, false),
        data: { token: token.id, name: body.name, scopes: [...scopes] },
      });
      return token;
    });
    return { id: made.id, name: body.name, scopes, madeAt: toIso(at), expiresAt: toIso(expiresAt), token: made.token };
  });
  serve(account.listTokens, async ({ request }) => {
    const { rows } = await known.pool.query<{
      id: string;
      name: string;
      scopes: string[];
      made_at: number;
      expires_at: number;
      used_at: number | null;
    }>(
      "select id, name, scopes, made_at, expires_at, used_at from tokens where person_id = $1 and revoked_at is null order by made_at desc limit 200",
      [viewerOf(request).person.id],
    );
    const data = rows.map((row) => ({
      id: row.id,
      name: row.name,
      scopes: row.scopes,
      madeAt: toIso(row.made_at),
      expiresAt: toIso(row.expires_at),
      usedAt: row.used_at === null ? null : toIso(row.used_at),
    }));
    return { data, nextCursor: null };
  });
  serve(account.revokeToken, async ({ request, params }) => {
    const viewer = viewerOf(request);
    const at = known.clock.now();
    await transact(known.pool, 8_000, async (client) => {
      const { rowCount } = await client.query(
        "update tokens set revoked_at = $3 where id = $1 and person_id = $2 and revoked_at is null",
        [params.id, viewer.person.id, toIso(at)],
      );
      if (rowCount === 0) throw new HttpProblem(404, "not-found");
      await appendAudit(client, {
        stream: `person/${viewer.person.id}`,
        type: "token.revoked",
        stamp: stampOf(envelopeOf(viewer, at, request), null, false),
        data: { token: params.id },
      });
    });
    return {};
  });
}

export function envelopeOf(viewer: Viewer, at: number, request: FastifyRequest): Envelope {
  return { at, actor: viewer.actor, cause: { kind: "request", id: request.id } };
}

function meOf(known: Known, personId: string): account.Me {
  const directory = known.directory();
  const person = directory.people.get(personId);
  if (!person) throw new HttpProblem(401, "not-signed-in");
  const { id, name, email, language, locale, zone, level, admin } = person;
  const member = (list: Iterable<{ readonly id: string; readonly members: readonly string[] }>): string[] =>
    [...list].filter((one) => one.members.includes(id)).map((one) => one.id);
  return {
    id,
    name,
    email,
    language: locale ?? language,
    zone,
    level,
    admin,
    teams: member(directory.teams.values()),
    functions: member(directory.functions.values()),
    streamedTo: known.streamedTo(),
  };
}

/** Counts refused before any is noted, and the oldest forgotten first: made-up names cannot empty it. An account is
 *  counted with its network, so that nobody locks another out. */
function createLimiter() {
  const seen = new Map<string, number[]>();
  const recentOf = (key: string, now: number): number[] =>
    (seen.get(key) ?? []).filter((at) => now - at < attemptsWindowMs);
  const maxOf = (key: string): number => (key.startsWith("network/") ? attemptsMax * 5 : attemptsMax);
  return {
    allow: (keys: readonly string[], now: number): boolean => {
      if (keys.some((key) => recentOf(key, now).length >= maxOf(key))) return false;
      for (const key of keys) {
        const recent = [...recentOf(key, now), now];
        seen.delete(key);
        seen.set(key, recent);
      }
      for (const oldest of seen.keys()) {
        if (seen.size <= rememberedMax) break;
        seen.delete(oldest);
      }
      return true;
    },
    forget: (key: string): void => {
      seen.delete(key);
    },
  };
}
