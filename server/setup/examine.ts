/** What stands between this desk and a real page, each with when it was last proved. The same rows for the page, the
 *  checklist and the command line. */
import { X509Certificate } from "node:crypto";
import type pg from "pg";
import type { Check } from "../../contract/account.ts";
import { type Directory, rosterOf } from "../../core/desk/directory.ts";
import { lastResort } from "../../core/escalation/last-resort.ts";
import { builtInPolicy, type Policy } from "../../core/escalation/policy.ts";
import { dayMs, minuteMs, toIso } from "../../core/kernel/time.ts";
import { coveredMs, gapsOf } from "../../core/oncall/coverage.ts";
import { inTheirOwnRight } from "../../core/oncall/schedule.ts";
import type { Config } from "../config.ts";
import { isLoopback } from "../platform/addresses.ts";
import { type Clock, skewAlarmMs } from "../platform/clock.ts";
import { type Proof, readProofs } from "./store.ts";

export type ExamineKnown = {
  readonly config: Config;
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly directory: () => Directory;
  /** Asks the mail server whether it would take a message; null when none is set. */
  readonly verifyMail: (() => Promise<{ readonly kind: string; readonly error?: string }>) | null;
  readonly failingTimers: () => Promise<number>;
  /** Who outside is told that this desk works; null: nobody. */
  readonly readTold: () => Promise<Told | null>;
  /** How reading answers by mail goes; null: none are read. */
  readonly readReplies: () => Promise<RepliesRead> | null;
  /** It holds made-up data, and opens no channel. */
  readonly demonstration: boolean;
  /** Which mail server, without its password. */
  readonly mailServer: string | null;
};

type Told = {
  readonly host: string;
  readonly intervalMs: number;
  readonly setAt: number;
  readonly toldAt: number | null;
  readonly lastError: string | null;
};

type RepliesRead = { readonly mailbox: string; readonly readAt: number | null; readonly error: string | null };

const repliesReadMs = 5 * minuteMs;
const backupMaxMs = dayMs;
const certificateWarnMs = 14 * dayMs;
/** Servers, filters and rights change: a mail that came back last season says little. */
const mailProofMs = 90 * dayMs;

type Found = Partial<Pick<Check, "because" | "facts" | "detail">> & { readonly provedAt?: number | null };
type Known = ExamineKnown & { readonly now: number; readonly proofs: ReadonlyMap<string, Proof> };

export async function examine(known: ExamineKnown): Promise<Check[]> {
  const all: Known = { ...known, now: known.clock.now(), proofs: await readProofs(known.pool) };
  const [mail, sent, failing, broken, told, replies] = await Promise.all([
    known.verifyMail?.() ?? null,
    readSent(known.pool),
    known.failingTimers(),
    countBrokenContacts(known.pool, all.now),
    known.readTold(),
    known.readReplies(),
  ]);
  const skew = known.clock.skewMs();
  const { administrators } = known.directory();
  return [
    row(all, "wakes", "limit"),
    known.demonstration
      ? row(all, "demonstration", "missing")
      : row(all, "mail", mail === null ? "missing" : mail.kind === "accepted" ? "ok" : "warning", {
          detail: mail?.error ?? "",
        }),
    mailReturned(all),
    ...mailReplies(all, replies),
    row(all, "page-sent", sent.sent ? "ok" : "missing", { provedAt: sent.sent }),
    row(all, "contact-points", broken > 0 ? "warning" : "ok", { detail: String(broken) }),
    row(all, "dead-letters", sent.dead > 0 ? "warning" : "ok", { detail: String(sent.dead) }),
    organisation(all),
    service(all),
    onCall(all),
    fallback(all),
    row(all, "administrator", administrators.length > 0 ? "ok" : "missing", { detail: String(administrators.length) }),
    alert(all),
    address(all),
    ...certificate(all),
    row(all, "clock", skew > skewAlarmMs ? "warning" : "ok", { detail: `${skew} ms` }),
    row(all, "database", "ok"),
    row(all, "timers", failing > 0 ? "warning" : "ok", { detail: String(failing) }),
    outside(all, told),
    backup(all),
  ];
}

/** What can be asked at any time is proved now, when it is in order. */
function row({ now }: Known, id: string, state: Check["state"], found: Found = {}): Check {
  const provedAt = found.provedAt === undefined ? (state === "ok" ? now : null) : found.provedAt;
  return {
    id,
    state,
    detail: found.detail ?? "",
    because: found.because ?? null,
    facts: found.facts ?? {},
    provedAt: provedAt ? toIso(provedAt) : null,
  };
}

/** Out of order by what their receivers did, and not by their owners' wish. */
async function countBrokenContacts(pool: pg.Pool, now: number): Promise<number> {
  const { rows } = await pool.query<{ broken: number }>(
    "select count(*) as broken from contact_points c join people p on p.id = c.person_id where p.active and (c.disabled_because is not null or (c.enabled and c.paused_until > $1))",
    [now],
  );
  return rows[0]?.broken ?? 0;
}

async function readSent(pool: pg.Pool): Promise<{ readonly dead: number; readonly sent: number | null }> {
  const { rows } = await pool.query<{ dead: number; sent: number | null }>(
    "select count(*) filter (where status = 'dead') as dead, max(done_at) filter (where status = 'sent' and not payload ? 'demonstration') as sent from outbox where kind in ('page', 'notice')",
  );
  return rows[0] ?? { dead: 0, sent: null };
}

function mailReturned(known: Known): Check {
  const id = "mail-returned";
  const proof = known.proofs.get(id);
  if (!proof) return row(known, id, "missing", { because: known.mailServer === null ? "no-server" : "never" });
  const { to, tookMs, server } = proof.facts as { to: string; tookMs: number; server: string };
  const found = { provedAt: proof.provedAt, facts: { to, tookMs } };
  if (server !== (known.mailServer ?? "")) return row(known, id, "warning", { ...found, because: "changed" });
  if (known.now > proof.provedAt + mailProofMs) return row(known, id, "warning", { ...found, because: "old" });
  return row(known, id, "ok", found);
}

/** None where nobody asked for it: answering by mail is one way among several. */
function mailReplies(known: Known, replies: RepliesRead | null): Check[] {
  const id = "mail-replies";
  if (replies === null) return [];
  const { mailbox, readAt, error } = replies;
  const found = { provedAt: readAt, facts: { mailbox, error: error ?? "" } };
  if (error !== null) return [row(known, id, "warning", { ...found, because: "failing" })];
  const lately = readAt !== null && known.now - readAt <= repliesReadMs;
  return [row(known, id, lately ? "ok" : "warning", { ...found, because: lately ? null : "unread" })];
}

function organisation(known: Known): Check {
  const { language, locale = language, zone } = known.directory();
  const proof = known.proofs.get("organisation");
  const facts = { language: locale, zone };
  return row(known, "organisation", proof ? "ok" : "warning", { facts, provedAt: proof?.provedAt ?? null });
}

function service(known: Known): Check {
  const services = [...known.directory().services.values()];
  const without = services.filter((one) => one.teamId === null && one.ownerId === null);
  const detail = String(services.length);
  if (services.length === 0) return row(known, "service", "warning", { because: "none", detail });
  const first = without[0];
  if (!first) return row(known, "service", "ok", { detail });
  return row(known, "service", "warning", {
    because: "no-owner",
    detail,
    facts: { serviceFr: first.nameFr, serviceEn: first.nameEn },
  });
}

/** The first gap of the next fortnight, of whichever schedule has it. */
function onCall(known: Known): Check {
  const { schedules, absences, people } = known.directory();
  const detail = String(schedules.size);
  if (schedules.size === 0) return row(known, "on-call", "warning", { because: "none", detail });
  const period = { from: known.now, until: known.now + coveredMs };
  const gaps = inTheirOwnRight(schedules).flatMap((schedule) =>
    gapsOf(schedule, absences, period, (id) => people.get(id)?.active === true)
      .slice(0, 1)
      .map((gap) => ({ schedule: schedule.name, from: toIso(gap.from), until: toIso(gap.until) })),
  );
  const first = gaps.toSorted((a, b) => (a.from < b.from ? -1 : 1))[0];
  return first
    ? row(known, "on-call", "warning", { because: "gap", detail, facts: first })
    : row(known, "on-call", "ok", { detail });
}

/** Every policy that may call somebody: that of the desk, and those of its services. */
function fallback(known: Known): Check {
  const directory = known.directory();
  const ofDesk = directory.policies.get(directory.defaultPolicyId ?? "") ?? builtInPolicy;
  const ofServices = [...directory.services.values()].map((one) => directory.policies.get(one.policyId ?? ""));
  const used = [...new Set([ofDesk, ...ofServices].filter((one): one is Policy => one !== undefined))];
  const ends = used.map((policy) => ({ policy, ...lastResort(policy, rosterOf(directory), known.now) }));
  const policyOf = (policy: Policy) => (policy === builtInPolicy ? {} : { policy: policy.name });
  const nobody = ends.find((one) => one.state === "nobody");
  if (nobody) return row(known, "fallback", "missing", { because: "nobody", facts: policyOf(nobody.policy) });
  const unsure = ends.find(({ state }) => state === "by-schedule" || state === "by-condition");
  if (unsure) return row(known, "fallback", "warning", { because: unsure.state, facts: policyOf(unsure.policy) });
  const names = (ends[0]?.people ?? []).map((id) => directory.people.get(id)?.name ?? id);
  return row(known, "fallback", "ok", { facts: { name: names[0] ?? "", others: Math.max(0, names.length - 1) } });
}

function alert(known: Known): Check {
  const proof = known.proofs.get("alert");
  if (!proof) return row(known, "alert", "warning");
  const { number, source } = proof.facts as { number: string; source: string };
  return row(known, "alert", "ok", { provedAt: proof.provedAt, facts: { number, source } });
}

/** HTTPS is not enough: somebody must have had it open there. */
function address(known: Known): Check {
  const { url } = known.config;
  const { protocol, hostname } = new URL(url);
  const proof = known.proofs.get("address");
  const opened = proof?.facts.url === url ? proof.provedAt : null;
  const because = isLoopback(hostname.replace(/^\[|\]$/g, ""))
    ? "only-here"
    : protocol !== "https:"
      ? "plain"
      : opened === null
        ? "unopened"
        : null;
  if (because !== null) return row(known, "address", "warning", { detail: url, because });
  return row(known, "address", "ok", { detail: url, provedAt: opened });
}

/** Only ours can be read; that of a proxy is its own business. */
function certificate(known: Known): Check[] {
  const { tls } = known.config;
  if (tls === null) return [];
  const until = new X509Certificate(tls.cert).validToDate.getTime();
  const left = until - known.now;
  const state = left <= 0 ? "missing" : left < certificateWarnMs ? "warning" : "ok";
  return [row(known, "certificate", state, { facts: { until: toIso(until) } })];
}

/** After three of its intervals without a word, whoever listens there has called already. */
function outside(known: Known, told: Told | null): Check {
  const id = "outgoing-heartbeat";
  if (told === null) return row(known, id, "warning", { because: "none" });
  const { host, toldAt, setAt, intervalMs, lastError } = told;
  const silent = known.now - (toldAt ?? setAt) > 3 * intervalMs;
  const found = { provedAt: toldAt, facts: { host, error: lastError ?? "" } };
  if (lastError !== null || silent) return row(known, id, "warning", { ...found, because: "failing" });
  return row(known, id, toldAt === null ? "warning" : "ok", found);
}

function backup(known: Known): Check {
  const proof = known.proofs.get("backup");
  if (!proof) return row(known, "backup", "warning", { because: "unknown" });
  const old = known.now - proof.provedAt > backupMaxMs;
  return row(known, "backup", old ? "warning" : "ok", {
    provedAt: proof.provedAt,
    ...(old && { because: "old" }),
  });
}
