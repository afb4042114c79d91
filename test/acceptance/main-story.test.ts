/** From the first event to a record that proves itself, on the real server; and the same story in a drill, since what is
 *  rehearsed must be what runs. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { commandBodies } from "../../contract/command-bodies.ts";
import { createWorld } from "../../core/drills/world.ts";
import { parsePagerDutyEvent } from "../../core/intake/pagerduty.ts";
import type { ExportedRecord, SealedEntry } from "../../core/kernel/record.ts";
import { afterAcceptance, tellMainStory } from "./story.ts";
import { pagerDutyEvent, startWorld } from "./world.ts";

test("an event pages, a link takes the incident, people close it, and the server and the drill record the same facts", async () => {
  const world = await startWorld();
  const told = await tellMainStory(world);
  const rehearsed = rehearse(world.desk.directory.latest(), world.desk.clock.now(), told.person.id);
  assert.deepEqual(factsOf(told.record), factsOf(rehearsed));
  verifyByCommandLine(told.record);
  await world.stop();
});

type Directory = Parameters<typeof createWorld>[0]["directory"];

function rehearse(directory: Directory, start: number, personId: string): ExportedRecord {
  const drill = createWorld({ seed: "the main story", start, directory });
  const parsed = parsePagerDutyEvent(pagerDutyEvent("unused", "disk"), { generatedKey: "unused" });
  assert.ok(parsed.ok);
  drill.signal([...directory.integrations.keys()][0] ?? "", parsed.signals);
  const id = drill.incidentIds()[0] ?? "";
  drill.advance(3);
  assert.equal(drill.command(id, personId, { name: "accept", input: {} }), null);
  for (const [name, body] of afterAcceptance) {
    drill.advance(1);
    const input = commandBodies[name as keyof typeof commandBodies].parse(body);
    assert.equal(drill.command(id, personId, { name, input } as Parameters<typeof drill.command>[2]), null, name);
  }
  drill.advance(60);
  return drill.record(id);
}

/** Types, data, and what surrounds them, in order: who, under which level and role, for whom, because of what. Each run mints ids and reads a clock of its own: ids are named by their first appearance,
 *  times are only there or not. */
function factsOf(record: ExportedRecord): unknown[] {
  const names = new Map<string, string>();
  const plain = (text: string): string =>
    text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
        if (!names.has(id)) names.set(id, `id-${names.size}`);
        return names.get(id) ?? "";
      })
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "<time>");
  return record.entries.map((entry) =>
    JSON.parse(plain(JSON.stringify({ type: entry.type, data: sorted(entry.data), around: aroundOf(entry) }))),
  );
}

/** The link by which it was accepted is a request in the drill, which has no mailbox to open one from. */
function aroundOf({ actor, level, role, onBehalfOf, derogation, process, exercise, cause, reason }: SealedEntry) {
  const kind = cause.kind === "ack-link" ? "request" : cause.kind;
  const why = { kind, event: kind === "event" ? cause.id : null, detail: sorted(cause.detail ?? null) };
  return { actor: [actor.kind, actor.name], level, role, onBehalfOf, derogation, process, exercise, why, reason };
}

/** PostgreSQL keeps the keys of its JSON in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

function verifyByCommandLine(record: ExportedRecord): void {
  const verify = (text: string) =>
    spawnSync(process.execPath, [join(import.meta.dirname, "..", "..", "bin", "tocsin.ts"), "verify", "-"], {
      input: text,
      encoding: "utf8",
    });
  const whole = verify(JSON.stringify(record));
  assert.equal(whole.status, 0, whole.stderr);
  const altered = structuredClone(record);
  Object.assign(altered.entries[4]?.data ?? {}, { altered: true });
  const refused = verify(JSON.stringify(altered));
  assert.equal(refused.status, 6, refused.stdout);
  assert.match(`${refused.stdout}${refused.stderr}`, /5/);
}
