import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seedFromName } from "../kernel/id.ts";
import { checkMapping, compileMapping, type Mapping, parseGeneric } from "./generic.ts";

function accepted(body: unknown, mapping: Mapping = {}) {
  const compiled = compileMapping(mapping);
  assert.ok(compiled.ok);
  const parsed = parseGeneric(body, compiled.mapping);
  assert.ok(parsed.ok, parsed.ok ? "" : parsed.errors.join("; "));
  return parsed;
}

function signalOf(body: unknown, mapping: Mapping = {}) {
  const [signal, ...others] = accepted(body, mapping).signals;
  assert.ok(signal !== undefined && others.length === 0);
  return signal;
}

test("by default, sensible names are read", () => {
  const body = { message: "disk full", priority: "P1", status: "firing", id: 4711, host: "db1" };
  assert.deepEqual(signalOf(body), {
    key: "4711",
    groupKey: "4711",
    action: "trigger",
    title: "disk full",
    severity: "critical",
    source: "db1",
    stateful: false,
    startsAt: null,
    leaseUntil: null,
    by: null,
    details: body,
  });
  assert.deepEqual(accepted(body).reply, { dedupKey: "4711" });
});

test("words of recovery resolve, words of acknowledgement acknowledge, all others trigger", () => {
  const action = (body: object) => signalOf({ title: "t", ...body }).action;
  for (const word of ["resolved", "OK", "closed", "resolve", "recovery"])
    assert.equal(action({ status: word }), "resolve");
  assert.equal(action({ state: "critical", action: "close" }), "resolve");
  assert.equal(action({ action: "acknowledge" }), "acknowledge");
  assert.equal(action({ status: "who knows" }), "trigger");
  assert.equal(action({}), "trigger");
});

test("without a key, title and source are the identity", () => {
  const one = signalOf({ title: "disk full", source: "a", count: 1 });
  assert.equal(one.key, signalOf({ title: "disk full", source: "a", count: 2 }).key);
  assert.notEqual(one.key, signalOf({ title: "disk full", source: "b" }).key);
  assert.match(one.key, /^[0-9a-f]{64}$/);
});

test("a key too long to be stored stays the same key", () => {
  const key = signalOf({ title: "t", key: "x".repeat(300) }).key;
  assert.equal(key, signalOf({ title: "u", key: "x".repeat(300) }).key);
  assert.notEqual(key, signalOf({ title: "t", key: "x".repeat(301) }).key);
  assert.ok(key.length <= 255);
});

test("a body that says nothing known still pages; an empty one is refused", () => {
  const parsed = accepted({ foo: { bar: 1 } });
  assert.equal(parsed.signals[0]?.title, '{"foo":{"bar":1}}');
  assert.equal(parsed.warnings.length, 1);
  for (const body of [{}, [{}], null, "text", 7]) assert.equal(parseGeneric(body).ok, false);
});

test("a mapping says where each field is", () => {
  const mapping = {
    key: 'body.check.name + "/" + body.host',
    title: "body.check.text",
    severity: 'body.value > 90 ? "critical" : "warning"',
    action: 'body.check.state == 0 ? "resolve" : "trigger"',
    source: "body.host",
    group: "body.host",
  };
  assert.deepEqual(checkMapping(mapping), { ok: true });
  const body = { host: "db1", value: 95.5, check: { name: "disk", text: "Disk full", state: 2 } };
  const { details: _, ...signal } = signalOf(body, mapping);
  assert.deepEqual(signal, {
    key: "disk/db1",
    groupKey: "db1",
    action: "trigger",
    title: "Disk full",
    severity: "critical",
    source: "db1",
    stateful: false,
    startsAt: null,
    leaseUntil: null,
    by: null,
  });
  assert.equal(signalOf({ ...body, check: { ...body.check, state: 0 } }, mapping).action, "resolve");
});

test("several alerts in one body: an expression gives the list, the others read the item and the body", () => {
  const mapping = {
    items: "body.events.filter(e, e.kind != 'noise')",
    key: "body.site + '/' + item.k",
    title: "item.t",
  };
  const body = {
    site: "par",
    events: [{ k: "a", t: "A", kind: "x" }, { kind: "noise" }, { k: "b", t: "B", kind: "x" }],
  };
  const parsed = accepted(body, mapping);
  assert.deepEqual(
    parsed.signals.map(({ key, title }) => [key, title]),
    [
      ["par/a", "A"],
      ["par/b", "B"],
    ],
  );
  assert.equal(parsed.reply, null);
});

test("an array is several alerts by itself, and one that says nothing does not lose the others", () => {
  const parsed = accepted([{ title: "a" }, {}, { title: "b" }]);
  assert.equal(parsed.signals.length, 2);
  assert.deepEqual(parsed.warnings, ["item 2: empty: left out"]);
});

test("an expression that fails costs its field, never the alert", () => {
  const mapping = { title: "body.absent.title", severity: "body.level", items: "body.list", key: "item.list" };
  const parsed = accepted({ summary: "still here", level: "purple" }, mapping);
  assert.equal(parsed.signals[0]?.title, "still here");
  assert.equal(parsed.signals[0]?.severity, "error");
  assert.equal(parsed.warnings.length, 4);
});

test("a wrong mapping is refused when it is written, with the field at fault", () => {
  const field = (mapping: Mapping) => {
    const checked = checkMapping(mapping);
    return checked.ok ? null : checked.field;
  };
  assert.equal(field({ title: "body.", key: "body.k" }), "title");
  assert.equal(field({ key: "item.k" }), "key");
  assert.equal(field({ key: "item.k", items: "body.list" }), null);
  assert.equal(field({ severity: "[1, 2]" }), "severity");
  assert.equal(field({ items: "'text'" }), "items");
  assert.equal(field({ colour: "body.c" }), "colour");
  assert.equal(field({ title: "body.a.matches(body.b)" }), "title");
  assert.equal(field({ title: "", key: " " }), null);
  assert.equal(field({ title: 1 } as unknown as Mapping), "title");
});

test("hostile bodies: prototype names are dropped before any expression sees them", () => {
  const body: unknown = JSON.parse('{"title":"t","__proto__":{"key":"k"},"constructor":{"name":"x"}}');
  assert.deepEqual(signalOf(body, { source: "body.title" }).details, { title: "t" });
  assert.equal(signalOf({ title: "t" }, { source: "string(size(body))" }).source, "1");
});

test("property: any JSON is accepted or refused, never thrown at, and every string produced is clean", (t) => {
  const raw = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
  const names = fc.constantFrom("title", "message", "status", "id", "severity", "source", "items", "a", "b");
  const json = fc.jsonValue() as fc.Arbitrary<unknown>;
  const body = fc.oneof(fc.dictionary(names, fc.oneof(raw, json, fc.array(fc.dictionary(names, raw)))), json);
  const mappings: Mapping[] = [
    {},
    { title: "body.title + body.a", key: "body.id", group: "body", severity: "body.severity", action: "body.status" },
    { items: "body.items", title: "item.title", key: "item.id == body.id ? 1 : 2", source: "item" },
  ];
  fc.assert(
    fc.property(body, fc.constantFrom(...mappings), (value, mapping) => {
      const compiled = compileMapping(mapping);
      assert.ok(compiled.ok);
      const parsed = parseGeneric(value, compiled.mapping);
      assert.doesNotMatch(JSON.stringify(parsed), /\\u0000|\\ud[89a-f]/);
      if (parsed.ok) for (const signal of parsed.signals) assert.ok(signal.title !== "" && signal.key !== "");
    }),
    { seed: seedFromName(t.name)[0], numRuns: 500 },
  );
});
