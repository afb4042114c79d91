/** Sessions and tokens: 256 random bits for the holder, their hash for us. A session ends after eight hours without use
 *  or seven days; what its password may do unasked (make a token) ends after fifteen minutes. */
import { randomBytes, randomUUID } from "node:crypto";
import type {} from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import { actorOf } from "../../core/desk/actor.ts";
import type { Directory } from "../../core/desk/directory.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../platform/clock.ts";
import { hashSecret, randomWord } from "../platform/secrets.ts";
import type { Viewer } from "./viewer.ts";

const idleMs = 8 * 3_600_000;
const absoluteMs = 7 * 86_400_000;
export const freshMs = 15 * 60_000;
const seenEveryMs = 60_000;
export const tokenDaysDefault = 90;

export type Access = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly config: Config;
  readonly directory: () => Directory;
};

const iso = (at: number): string => new Date(at).toISOString();

/** `__Host-` needs TLS; a desk on plain HTTP (loopback) uses a plain name. */
export const cookieName = (config: Config): string => (config.url.startsWith("https:") ? "__Host-tocsin" : "tocsin");

export async function openSession(access: Access, reply: FastifyReply, personId: string): Promise<void> {
  const secret = randomBytes(32).toString("base64url");
  const now = access.clock.now();
  await access.pool.query(
    "insert into sessions (id_hash, person_id, made_at, seen_at, password_at, expires_at) values ($1, $2, $3, $3, $3, $4)",
    [hashSecret(secret), personId, iso(now), iso(now + absoluteMs)],
  );
  setCookie(access.config, reply, secret, absoluteMs / 1_000);
}

export async function closeSession(access: Access, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const hash = request.viewer?.sessionHash;
  if (hash) await access.pool.query("delete from sessions where id_hash = $1", [hash]);
  setCookie(access.config, reply, "", 0);
}

function setCookie(config: Config, reply: FastifyReply, value: string, maxAge: number): void {
  reply.setCookie(cookieName(config), value, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: config.url.startsWith("https:"),
    maxAge,
  });
}

/** Whoever a request is from; null when it shows nothing, or nothing valid. */
export async function recognise(access: Access, request: FastifyRequest): Promise<Viewer | null> {
  const bearer = /^Bearer ([\w-]{20,200})$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer) return byToken(access, bearer);
  const cookie = request.cookies[cookieName(access.config)];
  return cookie ? bySession(access, cookie) : null;
}

async function bySession(access: Access, secret: string): Promise<Viewer | null> {
  const hash = hashSecret(secret);
  const { rows } = await access.pool.query<{
    person_id: string;
    seen_at: number;
    password_at: number;
    expires_at: number;
  }>({
    name: "read-session",
    text: "select person_id, seen_at, password_at, expires_at from sessions where id_hash = $1",
    values: [hash],
  });
  const row = rows[0];
  const now = access.clock.now();
  if (!row || now > row.expires_at || now > row.seen_at + idleMs) return null;
  if (now > row.seen_at + seenEveryMs) {
    await access.pool.query("update sessions set seen_at = $2 where id_hash = $1", [hash, iso(now)]);
  }
  return viewerFor(access, row.person_id, {
    via: "session",
    scopes: ["read", "write"],
    passwordAt: row.password_at,
    sessionHash: hash,
  });
}

async function byToken(access: Access, token: string): Promise<Viewer | null> {
  const { rows } = await access.pool.query<{
    id: string;
    person_id: string;
    scopes: string[];
    expires_at: number;
    used_at: number | null;
  }>({
    name: "read-token",
    text: "select id, person_id, scopes, expires_at, used_at from tokens where token_hash = $1 and revoked_at is null",
    values: [hashSecret(token)],
  });
  const row = rows[0];
  const now = access.clock.now();
  if (!row || now > row.expires_at) return null;
  if (row.used_at === null || now > row.used_at + seenEveryMs) {
    await access.pool.query("update tokens set used_at = $2 where id = $1", [row.id, iso(now)]);
  }
  return viewerFor(access, row.person_id, { via: "token", scopes: row.scopes, passwordAt: null, sessionHash: null });
}

function viewerFor(access: Access, personId: string, how: Omit<Viewer, "person" | "actor">): Viewer | null {
  const directory = access.directory();
  const person = directory.people.get(personId);
  if (!person?.active) return null;
  return { ...how, person, actor: actorOf(person, directory, how.via) };
}

export type NewToken = {
  readonly personId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  readonly at: number;
  readonly via: string;
};

/** Shown once: only its hash is kept. The prefix lets secret scanners find one that was published. */
export async function insertToken(
  client: Pick<pg.PoolClient, "query">,
  made: NewToken,
): Promise<{ id: string; token: string }> {
  const token = `tocsin_pat_${randomWord(40)}`;
  const id = randomUUID();
  await client.query(
    "insert into tokens (id, token_hash, person_id, name, scopes, made_at, made_via, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    [id, hashSecret(token), made.personId, made.name, made.scopes, iso(made.at), made.via, iso(made.expiresAt)],
  );
  return { id, token };
}
