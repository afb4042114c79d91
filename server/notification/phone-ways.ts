/** Text messages and calls, by whoever carries them now: the first account that takes one has it, and one that is away or
 *  refuses gives way to the next at once. One that has failed three times in a row is passed over for a minute, unless there is
 *  no other. */
import type pg from "pg";
import type { Clock } from "../platform/clock.ts";
import type { Claimed } from "../platform/outbox.ts";
import type { Outgoing } from "../platform/outgoing.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { Given, Provider } from "./channels/provider.ts";
import type { Sent } from "./channels/sent.ts";
import { openTwilio } from "./channels/twilio.ts";
import { openVonage } from "./channels/vonage.ts";
import type { Way } from "./effects.ts";
import { scriptOf, smsOf } from "./phone-texts.ts";
import {
  type Accounts,
  insertEvidence,
  isPhoneKind,
  noteProvider,
  openAccount,
  type PhoneKind,
  type ProviderRow,
  providerName,
  readProviders,
} from "./provider-store.ts";
import { makeReturnToken } from "./return-token.ts";

export type Carriers = { readonly [Kind in PhoneKind]: Provider<Accounts[Kind]> };

export const openCarriers = (outgoing: Outgoing): Carriers => ({
  twilio: openTwilio(outgoing),
  vonage: openVonage(outgoing),
});

export type PhoneKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly outgoing: Outgoing;
  /** Of this desk, as providers reach it. */
  readonly url: string;
};

/** The kind of a row and its account always go together; the compiler cannot see it. */
export const carrierOf = (carriers: Carriers, kind: PhoneKind): Provider<unknown> =>
  carriers[kind] as Provider<unknown>;

/** Two five-second waits fit into the lease of an effect; a third would not. */
const askedMax = 2;

type PhoneRow = ProviderRow & { readonly kind: PhoneKind };

function inOrder(rows: readonly ProviderRow[], now: number): PhoneRow[] {
  const usable = rows.filter((row): row is PhoneRow => row.enabled && isPhoneKind(row.kind));
  const paused = (row: ProviderRow): boolean => row.pausedUntil !== null && row.pausedUntil > now;
  return [...usable.filter((row) => !paused(row)), ...usable.filter(paused)].slice(0, askedMax);
}

type Ask = (row: ProviderRow, carrier: Provider<unknown>, account: unknown, now: number) => Promise<Given>;

/** Each attempt is kept with its outcome, whoever it was made with. */
export async function giveAway(
  known: PhoneKnown,
  carriers: Carriers,
  outboxId: number | null,
  ask: Ask,
): Promise<Sent> {
  const { pool, clock, secrets } = known;
  const refusals: Extract<Given, { kind: "refused" }>[] = [];
  for (const row of inOrder(await readProviders(pool), clock.now())) {
    const given = await ask(row, carrierOf(carriers, row.kind), openAccount(secrets, row), clock.now());
    const at = clock.now();
    const blamed = given.kind === "refused" && given.fault !== "recipient" ? given.error : null;
    await noteProvider(pool, row.id, blamed, at);
    const detail = given.kind === "refused" ? given.error : given.id;
    const state = given.kind === "refused" ? "refused" : "accepted";
    const who = { providerId: row.id, provider: providerName(row) };
    if (outboxId !== null) await insertEvidence(pool, { outboxId, at, ...who, state, detail });
    if (given.kind === "taken") return { kind: "accepted" };
    refusals.push({ ...given, error: `${who.provider}: ${given.error}` });
  }
  return refusedByAll(refusals);
}

/** For ever only when all of them say that it is this number. */
function refusedByAll(refusals: readonly Extract<Given, { kind: "refused" }>[]): Sent {
  if (refusals.length === 0)
    return { kind: "later", error: "no-provider", unknown: false, nobody: false, ofProvider: true };
  const error = refusals
    .map((one) => one.error)
    .join("; ")
    .slice(0, 300);
  if (refusals.every((one) => one.fault === "recipient")) return { kind: "never", error };
  const unknown = refusals.some((one) => one.unknown);
  return { kind: "later", error, unknown, nobody: false, ofProvider: true };
}

const seats = 20;
const seatsEach = 10;

export function openPhoneWays(known: PhoneKnown): Way[] {
  const carriers = openCarriers(known.outgoing);
  const urlFor = (row: ProviderRow, what: string, claimed: Claimed): string =>
    `${known.url}/channels/${row.id}/${what}/${makeReturnToken(known.secrets, claimed.id)}`;
  return [
    {
      channel: "sms",
      seats,
      seatsEach,
      send: (point, message, claimed) =>
        giveAway(known, carriers, claimed.id, (row, carrier, account, now) =>
          carrier.sendText(
            account,
            { to: point.address, text: smsOf(message), statusUrl: urlFor(row, "state", claimed) },
            now,
          ),
        ),
    },
    {
      channel: "voice",
      seats,
      seatsEach,
      send: (point, message, claimed) =>
        giveAway(known, carriers, claimed.id, (row, carrier, account, now) =>
          carrier.call(
            account,
            {
              to: point.address,
              script: scriptOf(message),
              statusUrl: urlFor(row, "state", claimed),
              keysUrl: `${urlFor(row, "keys", claimed)}/0`,
            },
            now,
          ),
        ),
    },
  ];
}
