/** Posts what steps of policies tell webhooks, in a lane of its own: signed, tried again, given up and told in the record like
 *  calls. `webhook-id` is the same for every attempt, so that a receiver drops what it has already. */
import { createHash } from "node:crypto";
import type pg from "pg";
import type { Directory } from "../../core/desk/directory.ts";
import type { PostEnded } from "../../core/desk/posting.ts";
import { attemptsMax } from "../../core/kernel/attempts.ts";
import { toIso } from "../../core/kernel/time.ts";
import { labels } from "../../languages/labels.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import type { Submit } from "../desk/commit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Metrics } from "../platform/metrics.ts";
import { type Claimed, type Ended, endOutbox, retryOutbox, type Why } from "../platform/outbox.ts";
import type { Outgoing } from "../platform/outgoing.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { Sent } from "./channels/sent.ts";
import { openWebhookChannel, type WebhookChannel, type WebhookEvent } from "./channels/webhook.ts";
import { type Composing, incidentView } from "./compose.ts";
import { createLane, type Lane } from "./lanes.ts";
import { incidentOf } from "./outgoing-events.ts";
import { findPolicyWebhook, notePost, openWebhook, postChannel } from "./policy-webhook-store.ts";
import { insertEvidence } from "./provider-store.ts";
import { type Inspected, type Loaded, notAdmitted } from "./store.ts";

export type PostingKnown = Pick<Composing, "url" | "directory" | "titleOf"> & {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly secrets: Secrets;
  readonly outgoing: Outgoing;
  readonly submit: Submit;
};

const spoken = inEachLocale(mail, labels);
/** One that hangs keeps its seats for ten seconds: the others must have some left. */
const seats = 20;
const seatsEach = 4;

export function createPosting(known: PostingKnown): Lane {
  const { pool, clock, log } = known;
  const channel = openWebhookChannel(known.outgoing);
  const carryOut = (one: Inspected): Promise<void> => post(known, channel, one);
  return createLane({ channel: postChannel, pool, clock, log, seats, seatsEach, carryOut });
}

/** As it stands in the outbox. */
type Payload = Omit<PostEnded, "webhookId" | "became" | "error"> & {
  readonly webhook: string;
  readonly run: number;
  readonly cycle: number;
  readonly step: number;
};
const payloadOf = ({ payload }: Claimed): Payload => payload as unknown as Payload;

async function post(known: PostingKnown, channel: WebhookChannel, one: Inspected): Promise<void> {
  const { pool, clock, secrets, log } = known;
  const { claimed, loaded } = one;
  try {
    if (clock.now() > claimed.notAfter) return await tell(known, claimed, "expired", null);
    if (one.withdrawn === notAdmitted) return await tell(known, claimed, "dead", "restricted");
    const row = await findPolicyWebhook(pool, payloadOf(claimed).webhook);
    if (!row || loaded === null) return await tell(known, claimed, "dead", "webhook-removed");
    const sent = await channel.send(openWebhook(secrets, row), stepEvent(known, claimed, loaded), clock.now());
    await notice(known, claimed, row.id, sent);
    await settle(known, claimed, sent);
  } catch (error) {
    log.error({ err: error, outbox: claimed.id }, "a webhook of a policy could not be posted to");
    const why = { error: String(error).slice(0, 300), now: clock.now(), unknown: false };
    await retryOutbox(pool, claimed, why).catch(() => {});
  }
}

/** What was answered is evidence; that it could not be kept must not post it again. */
async function notice({ pool, clock }: PostingKnown, { id }: Claimed, webhookId: string, sent: Sent): Promise<void> {
  const [state, detail] = sent.kind === "accepted" ? (["accepted", null] as const) : (["refused", sent.error] as const);
  const one = { outboxId: id, at: clock.now(), providerId: null, provider: null, state, detail };
  await insertEvidence(pool, one).catch(() => {});
  await notePost(pool, webhookId, detail, clock.now()).catch(() => {});
}

async function settle(known: PostingKnown, claimed: Claimed, sent: Sent): Promise<void> {
  const { pool, clock, metrics, log } = known;
  if (sent.kind === "accepted") {
    metrics.pages.inc({ channel: postChannel, outcome: "accepted" });
    /* It has left: where that cannot be written the row stays under its lease, and its receiver knows it by its id. */
    return tell(known, claimed, "sent", null).catch((error: unknown) =>
      log.error({ err: error, outbox: claimed.id }, "a webhook was posted to, and its outcome could not be written"),
    );
  }
  if (sent.kind === "later" && (sent.nobody || claimed.attempts < attemptsMax)) {
    metrics.pages.inc({ channel: postChannel, outcome: "retried" });
    const { error, unknown, waitMs } = sent;
    const why: Why = { error, unknown, now: clock.now(), waitMs: waitMs ?? null };
    return void (await retryOutbox(pool, claimed, why));
  }
  metrics.pages.inc({ channel: postChannel, outcome: "dead" });
  await tell(known, claimed, "dead", sent.error);
}

const became = { sent: "sent", dead: "failed", expired: "expired" } as const;

/** The row and the entry of the record, in one transaction. */
async function tell(
  { submit, clock }: PostingKnown,
  claimed: Claimed,
  ended: Exclude<Ended, "withdrawn">,
  error: string | null,
): Promise<void> {
  const { webhook, run: _run, cycle: _cycle, step: _step, ...of } = payloadOf(claimed);
  const told = error === null ? {} : { error };
  await submit(
    {
      kind: "post-outcome",
      incidentId: claimed.incidentId ?? "",
      ended: { ...of, webhookId: webhook, became: became[ended], ...told },
    },
    { before: (client) => endOutbox(client, claimed, ended, { at: clock.now(), ...told }) },
  );
}

const eventId = (key: string): string => `msg_${createHash("sha256").update(key).digest("hex").slice(0, 32)}`;

/** In the desk's own language, for a program, with the sentence that a person would have read. */
function stepEvent(known: PostingKnown, claimed: Claimed, loaded: Loaded): WebhookEvent {
  const directory = known.directory();
  const language = directory.locale ?? directory.language;
  const view = incidentView(known, { language: directory.language, zone: directory.zone }, loaded);
  const { webhook: _webhook, postId: _post, name: _name, escalation = null, ...place } = payloadOf(claimed);
  const calls = escalation === null ? loaded.paging : loaded.paging.escalations?.[escalation];
  const { policy } = calls ?? {};
  const message = spoken[language].t("webhook.step", {
    number: view.shortNumber,
    title: view.title,
    step: place.step + 1,
    policy: policy?.name ?? "",
  });
  return {
    id: eventId(`outbox/${claimed.id}`),
    type: "incident.step",
    timestamp: toIso(claimed.dueAt),
    data: {
      language,
      message,
      incident: incidentOf(view, loaded.id),
      step: { ...place, escalation, policy: policy ? { id: policy.id, name: policy.name } : null },
      notAfter: toIso(claimed.notAfter),
      possibleDuplicate: claimed.possibleDuplicate,
    },
  };
}

export function testEvent(directory: Directory, name: string, now: number): WebhookEvent {
  const language = directory.locale ?? directory.language;
  return {
    id: eventId(`test/${name}/${now}`),
    type: "policy-webhook.test",
    timestamp: toIso(now),
    data: { language, message: spoken[language].t("webhook.test", { name }), name },
  };
}
