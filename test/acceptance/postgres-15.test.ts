/** The oldest PostgreSQL we promise, reached as DATABASE_URL is: one user, who takes the application's role. The whole suite
 *  also runs there (`on-postgres-15.ts`). */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openExternal } from "./cluster.ts";
import { noFifteen, startFifteen } from "./fifteen.ts";
import { tellMainStory } from "./story.ts";
import { startWorld } from "./world.ts";

test("the main story runs on PostgreSQL 15, as the application's role of an ordinary database user", {
  skip: noFifteen,
}, async () => {
  const server = await startFifteen();
  const cluster = await openExternal(server.url);
  const world = await startWorld({ cluster });
  /* After the world has ended, whose hook is older. */
  after(server.stop);
  const [version] = await world.query<{ server_version: string }>("show server_version");
  assert.match(version?.server_version ?? "", /^15\./);
  const { rows } = await world.desk.pools.reading.query<{ name: string }>("select current_user as name");
  assert.equal(rows[0]?.name, "tocsin_app");
  await tellMainStory(world);
  await world.stop();
  await cluster.stop();
});
