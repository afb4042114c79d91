/** A mail that must come back: only its link or its code proves that mail of this desk arrives somewhere. "Accepted" by a
 *  server proves nothing of the sort. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Person } from "../../core/directory/types.ts";
import type { Clock } from "../platform/clock.ts";
import { transact } from "../platform/database.ts";
import { HttpProblem, refused } from "../platform/problems.ts";
import { hashSecret, randomWord, someBytes } from "../platform/secrets.ts";
import {
  countTrials,
  countTry,
  insertTrial,
  keepProof,
  lastTrial,
  noteRefused,
  noteReturned,
  type Trial,
  trialMs,
  trialOfLink,
  trialsMax,
  trialsWindowMs,
  triesMax,
} from "./store.ts";

/** Sent at once and by hand: whoever asks waits for what the mail server says. */
export type SendTrial = (mail: {
  readonly to: Person;
  readonly code: string;
  readonly path: string;
  readonly id: string;
}) => Promise<{ readonly kind: string; readonly error?: string }>;

export type TrialKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  /** Null without a mail server. */
  readonly sendTrial: SendTrial | null;
  /** Of the settings by which it was sent: another server must be proved anew. */
  readonly mailServer: string | null;
};

/** Capitals and figures that nobody mistakes for one another. */
const signs = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const codeLength = 6;

function newCode(): string {
  let code = "";
  while (code.length < codeLength) {
    const byte = someBytes(1)[0] ?? 0;
    if (byte < signs.length * 8) code += signs[byte % signs.length];
  }
  return code;
}

/** As read aloud or copied by hand. */
const plainCode = (typed: string): string => typed.replace(/[\s-]/g, "").toUpperCase();
/** Salted by its trial: the same code of another trial has another hash. */
const hashCode = (trialId: string, code: string): string => hashSecret(`${trialId}/${code}`);

export async function sendMailTrial(known: TrialKnown, person: Person): Promise<void> {
  const { pool, clock, sendTrial } = known;
  if (sendTrial === null) throw refused("no-mail-server");
  const now = clock.now();
  if ((await countTrials(pool, now - trialsWindowMs)) >= trialsMax) throw new HttpProblem(429, "too-many-requests");
  const id = randomUUID();
  const [code, link] = [newCode(), randomWord(32)];
  const hashes = { codeHash: hashCode(id, code), linkHash: hashSecret(link) };
  await insertTrial(pool, { id, personId: person.id, address: person.email, ...hashes, sentAt: now });
  const sent = await sendTrial({ to: person, code, path: `/proof/${link}`, id });
  if (sent.kind === "accepted") return;
  const error = sent.error ?? sent.kind;
  await noteRefused(pool, id, error);
  throw refused("mail-not-taken", { error });
}

const isOver = (trial: Trial, now: number): boolean => trial.refused !== null || now > trial.sentAt + trialMs;

export async function proveByCode(known: TrialKnown, person: Person, typed: string): Promise<void> {
  const now = known.clock.now();
  const trial = await lastTrial(known.pool, person.id);
  if (trial?.returnedAt) return;
  if (trial === null || isOver(trial, now) || !(await countTry(known.pool, trial.id))) throw refused("proof-code-over");
  if (hashCode(trial.id, plainCode(typed)) !== trial.codeHash)
    throw refused("proof-code-wrong", { left: Math.max(0, triesMax - trial.tries - 1) });
  await keep(known, trial, person.id);
}

/** The trial behind a link that is still good. */
export async function findTrial(known: TrialKnown, link: string) {
  const trial = await trialOfLink(known.pool, hashSecret(link));
  return trial === null || isOver(trial, known.clock.now()) ? null : trial;
}

export const proveByLink = (known: TrialKnown, trial: Trial & { readonly personId: string }): Promise<void> =>
  keep(known, trial, trial.personId);

async function keep({ pool, clock, mailServer }: TrialKnown, trial: Trial, personId: string): Promise<void> {
  const at = clock.now();
  await transact(pool, 8_000, async (client) => {
    if (!(await noteReturned(client, trial.id, at))) return;
    const facts = { to: trial.address, tookMs: at - trial.sentAt, server: mailServer ?? "" };
    await keepProof(client, { id: "mail-returned", at, personId, facts });
  });
}
