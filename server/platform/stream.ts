/** The live stream: server-sent events that carry ids only, so that what a reader may see is asked again when it is
 *  fetched. Positions become visible out of order (what was numbered first may commit last), so the feed is ordered by
 *  transaction, then position, and stops below the oldest open transaction: `Last-Event-ID` never skips an entry. */
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { effectsChannel, recordChannel } from "./event-log.ts";
import type { Log } from "./log.ts";
import type { Secrets } from "./secrets.ts";

export type LiveStream = {
  readonly open: (response: ServerResponse, lastEventId: string | null, reader: Reader) => Promise<void>;
  readonly clients: () => number;
  /** The id of the last entry told: what is read from now on is not older. */
  readonly toldTo: () => string;
  readonly stop: () => Promise<void>;
};

type Known = {
  readonly pool: pg.Pool;
  readonly connection: pg.ClientConfig;
  readonly log: Log;
  readonly onEffects: () => void;
  /** Of these records, those that not all may read, and whom they admit. */
  readonly restrictedAmong: (streams: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** Ids that say nothing: numbers with a gap would tell that something happened that one may not see. */
  readonly seal: (id: string) => string;
  readonly open: (sealed: string) => string | null;
};

/** Who listens: whether they still may, and whose changes are told to them, by whom those admit; undefined: everybody. */
export type Reader = {
  readonly allowed: () => boolean;
  readonly hears: (admitted: readonly string[] | undefined) => boolean;
};
type Client = Reader & { readonly response: ServerResponse };

/** Text form `tx-position`, as clients send it back. */
type Cursor = { readonly tx: string; readonly position: number };
type Row = Cursor & { readonly stream: string };
type Told = Row & { readonly id: string; readonly admitted: readonly string[] | undefined };

/** An event and not a comment: a page hears it, and so knows when it hears nothing any more (web/shell/live.ts). */
const heartbeatMs = 15_000;
/** NOTIFY is a hint: the feed is read again this often whatever happens. */
const pollMs = 2_000;
const replayMax = 1_000;
const unreadBytesMax = 1_000_000;

const readNew = `select tx::text as tx, position, stream from events
where (tx, position) > ($1::xid8, $2) and tx < pg_snapshot_xmin(pg_current_snapshot()) order by tx, position limit ${replayMax}`;

/** The one id that says nothing of what came. */
const fromTheBeginning = "0-0";

const idOf = ({ seal }: Known, cursor: Cursor): string => seal(`${cursor.tx}-${cursor.position}`);

function cursorOf({ open }: Known, id: string | null): Cursor | null {
  const [, tx, position] = /^(\d{1,20})-(\d{1,18})$/.exec((id === fromTheBeginning ? id : id && open(id)) ?? "") ?? [];
  return tx === undefined || position === undefined ? null : { tx, position: Number(position) };
}

export async function createLiveStream(known: Known): Promise<LiveStream> {
  const clients = new Set<Client>();
  let latest = await latestCursor(known.pool);
  let reading = false;
  let pending = false;
  const pump = async (): Promise<void> => {
    if (reading) {
      pending = true;
      return;
    }
    reading = true;
    try {
      do {
        pending = false;
        const { rows } = await known.pool.query<Row>({
          name: "read-new",
          text: readNew,
          values: [latest.tx, latest.position],
        });
        latest = rows.at(-1) ?? latest;
        if (clients.size > 0) broadcast(clients, await toldOf(known, rows));
        if (rows.length === replayMax) pending = true;
      } while (pending);
    } catch (error) {
      known.log.warn({ err: error }, "the live feed could not be read");
    } finally {
      reading = false;
    }
  };
  const listener = listen(known, () => void pump());
  const poll = setInterval(() => void pump(), pollMs);
  const beat = setInterval(() => {
    for (const client of clients) {
      if (client.allowed()) client.response.write("event: beat\ndata: {}\n\n");
      else client.response.end();
    }
  }, heartbeatMs);
  return {
    open: async (response, lastEventId, reader) => {
      const client: Client = { response, ...reader };
      response.on("close", () => clients.delete(client));
      response.write("retry: 2000\n\n");
      /* The past comes first, up to what has been sent to the others; then, in the same turn, the client joins them. */
      let since = cursorOf(known, lastEventId);
      while (since && isBefore(since, latest)) since = await replay(known, client, since);
      clients.add(client);
    },
    clients: () => clients.size,
    toldTo: () => idOf(known, latest),
    stop: async () => {
      clearInterval(poll);
      clearInterval(beat);
      for (const client of clients) client.response.end();
      await listener.stop();
    },
  };
}

async function latestCursor(pool: pg.Pool): Promise<Cursor> {
  const { rows } = await pool.query<Cursor>(
    "select tx::text as tx, position from events where tx < pg_snapshot_xmin(pg_current_snapshot()) order by events.tx desc, position desc limit 1",
  );
  return rows[0] ?? { tx: "0", position: 0 };
}

async function toldOf(known: Known, rows: readonly Row[]): Promise<Told[]> {
  const restricted = await known.restrictedAmong([...new Set(rows.map(({ stream }) => stream))]);
  return rows.map((row) => ({ ...row, id: idOf(known, row), admitted: restricted.get(row.stream) }));
}

function broadcast(clients: ReadonlySet<Client>, rows: readonly Told[]): void {
  if (rows.length === 0 || clients.size === 0) return;
  const whole = Buffer.from(framesFor(rows, () => true));
  for (const client of clients) {
    if (!client.allowed()) client.response.end();
    /* A reader that stopped reading is let go: it comes back with the last id it saw. */ else if (
      client.response.writableLength > unreadBytesMax
    )
      client.response.destroy();
    else if (rows.every(({ admitted }) => client.hears(admitted))) client.response.write(whole);
    else {
      const heard = framesFor(rows, client.hears);
      if (heard !== "") client.response.write(heard);
    }
  }
}

const framesFor = (rows: readonly Told[], hears: Reader["hears"]): string =>
  rows
    .filter((row) => hears(row.admitted))
    .map(frameOf)
    .join("");

function frameOf(row: Told): string {
  const [kind = "", id = ""] = row.stream.split("/");
  return `id: ${row.id}\ndata: ${JSON.stringify({ [kind]: id })}\n\n`;
}

/** What was missed, or `reset` when it is too much to tell one by one; gives how far it went, null when it is over. */
async function replay(known: Known, client: Client, since: Cursor): Promise<Cursor | null> {
  try {
    const { rows } = await known.pool.query<Row>(readNew, [since.tx, since.position]);
    const last = rows.at(-1);
    const told = (await toldOf(known, rows)).filter(({ admitted }) => client.hears(admitted));
    /* Counted by what this reader may hear: what they may not must not show by how soon it is too much. */
    if (last && told.length === replayMax) {
      client.response.write(`id: ${idOf(known, last)}\nevent: reset\ndata: {}\n\n`);
      return null;
    }
    if (told.length > 0) client.response.write(framesFor(told, client.hears));
    return last ?? null;
  } catch (error) {
    known.log.warn({ err: error }, "a stream could not be caught up");
    client.response.destroy();
    return null;
  }
}

function isBefore(a: Cursor, b: Cursor): boolean {
  const [one, other] = [BigInt(a.tx), BigInt(b.tx)];
  return one < other || (one === other && a.position < b.position);
}

const farewellMs = 1_000;

/** A connection of its own, kept alive, opened again when lost; whatever was missed meanwhile is caught by the poll. */
function listen(known: Known, onRecord: () => void): { readonly stop: () => Promise<void> } {
  let client: pg.Client | null = null;
  let stopped = false;
  const connect = async (): Promise<void> => {
    if (stopped) return;
    const fresh = new pg.Client({
      ...known.connection,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
      connectionTimeoutMillis: 3_000,
    });
    let lost = false;
    const again = (): void => {
      if (lost) return;
      lost = true;
      if (!stopped) setTimeout(() => void connect(), 1_000).unref();
    };
    fresh.on("error", again);
    fresh.on("end", again);
    fresh.on("notification", (message) => (message.channel === recordChannel ? onRecord() : known.onEffects()));
    try {
      await fresh.connect();
      await fresh.query(`listen ${recordChannel}`);
      await fresh.query(`listen ${effectsChannel}`);
      client = fresh;
      onRecord();
      known.onEffects();
    } catch {
      again();
    }
  };
  void connect();
  return {
    stop: async () => {
      stopped = true;
      /* A database that no longer answers would be waited for. */
      await Promise.race([client?.end().catch(() => {}), sleep(farewellMs, undefined, { ref: false })]);
    },
  };
}

/** All of one length: how long an id is must not tell how much has come. */
const sealedLength = 40;

/** Under the key of all nodes, so that a reader may come back to another one. */
export function sealedIds({ seal, open }: Pick<Secrets, "seal" | "open">): Pick<Known, "seal" | "open"> {
  return {
    seal: (id) => seal("stream", id.padEnd(sealedLength)),
    open: (sealed) => {
      try {
        return open("stream", sealed).trimEnd();
      } catch {
        return null;
      }
    },
  };
}
