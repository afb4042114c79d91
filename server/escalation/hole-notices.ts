/** Once a week, whoever answers for a service hears of the new holes of its proof of reach. A timer of ours, set anew each time
 *  in the transaction of what is told, so that of several nodes one tells. */
import type pg from "pg";
import { type Directory, rosterOf } from "../../core/desk/directory.ts";
import {
  deafHoles,
  type HoleNotice,
  newToTell,
  nextNoticeAt,
  noticedMs,
  raisedHoles,
  type ToldHole,
} from "../../core/routing/hole-notice.ts";
import { deafAddressees, proveDesk } from "../../core/routing/proof.ts";
import type { Clock } from "../platform/clock.ts";
import { transact } from "../platform/database.ts";
import { type DueTimer, endTimer } from "../platform/outbox.ts";

export type HoleNoticesKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly directory: () => Directory;
  /** In the transaction of what is told. */
  readonly tell: (client: pg.PoolClient, notices: readonly HoleNotice[]) => Promise<void>;
};

const key = "hole-notices";
/** That of the page of the proof. */
export const noticedWithinMinutes = 15;

/** When this desk has none yet. */
export async function beginHoleNotices({ pool, clock, directory }: HoleNoticesKnown): Promise<void> {
  await setNext(pool, nextNoticeAt(clock.now(), directory().zone));
}

const setNext = (client: Pick<pg.PoolClient, "query">, at: number): Promise<unknown> =>
  client.query("insert into timers (key, payload, due_at) values ($1, $2, $3) on conflict (key) do nothing", [
    key,
    JSON.stringify({ kind: key }),
    at,
  ]);

export async function fireHoleNotices(known: HoleNoticesKnown, timer: DueTimer<unknown>): Promise<void> {
  const now = known.clock.now();
  const directory = known.directory();
  const roster = rosterOf(directory);
  const demand = {
    period: { from: now, until: now + noticedMs },
    withinMinutes: noticedWithinMinutes,
    channels: null,
  };
  const deaf = deafHoles(deafAddressees(directory, roster, demand), now);
  const holes = [...raisedHoles(proveDesk(directory, roster, demand), roster), ...deaf];
  await transact(known.pool, 8_000, async (client) => {
    if (!(await endTimer(client, timer))) return;
    await client.query(
      "delete from told_holes where until_at <= $1 or (addressee is not null and addressee <> all($2::text[]))",
      [now, deaf.map(({ addressee }) => addressee)],
    );
    const { rows: told } = await client.query<ToldHole>(
      `select person_id as "personId", service_id as "serviceId", policy_id as "policyId", addressee, from_at as "from", until_at as "until" from told_holes`,
    );
    const notices = newToTell(holes, told, ({ serviceId }) => ownersOf(directory, serviceId));
    await known.tell(client, notices);
    for (const { personId, holes: of } of notices)
      for (const { serviceId, policyId, addressee, spans } of of)
        for (const { from, until } of spans)
          await client.query(
            "insert into told_holes (person_id, service_id, policy_id, addressee, from_at, until_at, told_at) values ($1, $2, $3, $4, $5, $6, $7)",
            [personId, serviceId, policyId, addressee, from, until, now],
          );
    await setNext(client, nextNoticeAt(now, directory.zone));
  });
}

/** Where nobody answers for a service, and for what is of none, those who keep the desk do; and for policies, and for whoever is out of
 *  reach. */
function ownersOf({ services, people, administrators }: Directory, serviceId: string | null): readonly string[] {
  const owner = services.get(serviceId ?? "")?.ownerId ?? null;
  return owner !== null && people.get(owner)?.active ? [owner] : administrators;
}
