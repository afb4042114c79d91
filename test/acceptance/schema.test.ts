/** The types that queries are checked against say what the database has, and so does the snapshot that reviewers read. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { schemaFile, schemaText } from "../../migrations/snapshot.ts";
import { startWorld } from "./world.ts";

type Column = { table_name: string; column_name: string; is_nullable: string; udt_name: string };

/** `table.column` as the schema file declares it, with whether it may be null. */
function declared(): Map<string, boolean> {
  const text = (name: string) =>
    readFileSync(join(import.meta.dirname, "..", "..", "server", "platform", name), "utf8")
      .split(/^export type \w*Schema = .*\{$/m)
      .slice(1)
      .join("");
  const body = ["schema.ts", "schema-noise.ts"].map(text).join("\n");
  const all = new Map<string, boolean>();
  for (const [, table = "", inside = ""] of body.matchAll(/^ {2}(\w+): \{((?:[^{}]|\{[^{}]*\})*)\};/gm)) {
    const flat = inside.replaceAll(/\{[^{}]*\}/g, "");
    for (const [, column = "", type = ""] of flat.matchAll(/(\w+): ([^;]+?)\s*(?:;|$)/g))
      all.set(`${table}.${column}`, /\bnull\b|Nullable/.test(type));
  }
  return all;
}

const tableOf = (column: string): string => column.split(".")[0] ?? "";

test("every column that the server declares is a column of the database, and the other way round", async () => {
  const world = await startWorld();
  const columns = await world.query<Column>(
    "select table_name, column_name, is_nullable, udt_name from information_schema.columns where table_schema = 'public'",
  );
  const inDatabase = new Map<string, boolean>(
    columns.map((one) => [`${one.table_name}.${one.column_name}`, one.is_nullable === "YES"] as const),
  );
  const inCode = declared();
  const tables = new Set([...inCode.keys()].map(tableOf));
  assert.ok(tables.size >= 5, `only ${[...tables].join(", ")} were read`);
  for (const [column, nullable] of inCode) assert.equal(inDatabase.get(column), nullable, column);
  for (const column of inDatabase.keys())
    if (tables.has(tableOf(column))) assert.ok(inCode.has(column), `${column} is not declared`);
  await world.stop();
});

test("migrations/schema.sql is what the migrations make, rights included", async () => {
  const world = await startWorld();
  const client = new pg.Client(world.database.owner);
  await client.connect();
  const made = await schemaText(client);
  await client.end();
  await world.stop();
  assert.equal(readFileSync(schemaFile, "utf8"), made, "run npm run generate, and read what it changed");
});
