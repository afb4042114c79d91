/** A commit whose answer is lost on the way: the desk reads back what became of it before it does anything again. The wire
 *  is cut by a relay between the desk's pool and a real PostgreSQL, at the very message that says so. */
import assert from "node:assert/strict";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { before, test } from "node:test";
import pg from "pg";
import { openPools, type Pools, transact } from "../../server/platform/database.ts";
import { closeAtEnd, type Database, sharedCluster } from "./cluster.ts";
import { startWorld } from "./world.ts";

/** Cuts `lost` commits: after PostgreSQL has answered (it is committed), or before the message reaches it (it is not). */
type Relay = { lost: number; when: "answered" | "unsent"; cut: number; readonly server: Server };

let database: Database;
let relay: Relay;
let pools: Pools;

const isCommit = (chunk: Buffer): boolean => chunk.includes("commit\0");

function pass(relay: Relay, from: Socket, to: Socket): void {
  let cutting = false;
  const end = (): void => {
    from.destroy();
    to.destroy();
  };
  for (const socket of [from, to]) socket.on("error", end).on("close", end);
  from.on("data", (chunk: Buffer) => {
    if (relay.lost > 0 && isCommit(chunk)) {
      relay.lost--;
      relay.cut++;
      if (relay.when === "unsent") return end();
      cutting = true;
    }
    to.write(chunk);
  });
  to.on("data", (chunk: Buffer) => {
    if (!cutting) from.write(chunk);
    else if (chunk.includes("COMMIT\0")) end();
  });
}

before(async () => {
  const cluster = await sharedCluster();
  database = await cluster.newDatabase();
  const { host, port } = new pg.Client(database.app);
  const target = host.startsWith("/") ? { path: join(host, `.s.PGSQL.${port}`) } : { host, port };
  const server = createServer((from) => pass(relay, from, createConnection(target)));
  relay = { lost: 0, when: "answered", cut: 0, server };
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  pools = openPools(throughRelay(database.app), () => {});
  closeAtEnd(async () => {
    await pools.end();
    await new Promise((done) => relay.server.close(done));
    await database.drop();
  });
});

const counting = (name: string) => {
  let runs = 0;
  const work = async (client: pg.PoolClient): Promise<string> => {
    runs++;
    await client.query(
      "insert into counters (name, value) values ($1, 1) on conflict (name) do update set value = counters.value + 1",
      [name],
    );
    return `${name} run ${runs}`;
  };
  return { work, runs: () => runs };
};
const countOf = async (name: string): Promise<number> =>
  (await pools.reading.query<{ value: number }>("select value from counters where name = $1", [name])).rows[0]?.value ??
  0;

for (const lane of ["engine", "reading"] as const) {
  test(`${lane}: given a commit whose answer is lost, then it is not run again, and its own result is the answer`, async () => {
    relay.when = "answered";
    relay.lost = 1;
    const { work, runs } = counting(`answered-${lane}`);
    assert.equal(await transact(pools[lane], 8_000, work), `answered-${lane} run 1`);
    assert.equal(runs(), 1);
    assert.equal(await countOf(`answered-${lane}`), 1);
  });

  test(`${lane}: given a commit that never arrived, then it is run again, and done once`, async () => {
    relay.when = "unsent";
    relay.lost = 2;
    const { work, runs } = counting(`unsent-${lane}`);
    assert.equal(await transact(pools[lane], 8_000, work), `unsent-${lane} run 3`);
    assert.equal(runs(), 3);
    assert.equal(await countOf(`unsent-${lane}`), 1);
  });
}

test("given a whole desk behind that wire, when commits lose their answers, then each incident is recorded once", async () => {
  const world = await startWorld({ mail: false, connect: throughRelay });
  relay.when = "answered";
  const before = relay.cut;
  for (let number = 0; number < 5; number++) {
    relay.lost = 1;
    const answer = await world.api("POST", "/api/v1/incidents", { title: `Recorded once ${number}` });
    assert.equal(answer.status, 201, answer.text);
  }
  relay.lost = 0;
  assert.ok(relay.cut - before >= 5);
  const { body } = await world.api("GET", "/api/v1/incidents?limit=50");
  assert.equal(body.data.length, 5);
  await world.stop({ errors: true });
});

/** The same user and database, reached over the relay. */
function throughRelay(app: pg.PoolConfig): pg.PoolConfig {
  const address = relay.server.address();
  const { user = "", password, database } = new pg.Client(app) as pg.Client & { readonly password: string };
  const port = address !== null && typeof address === "object" ? address.port : 0;
  return { user, password, database: database ?? "", host: "127.0.0.1", port, options: app.options ?? "" };
}
