/** Who else is touched when some services are affected, whatever depends on what. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type DependencyKind, dependencyKinds, type Harm, harms } from "../kernel/impact-words.ts";
import { around, type Depending, harmThrough, refuseDependencies, touchedBy } from "./dependencies.ts";

const on = (id: string, ...needs: readonly (string | readonly [string, DependencyKind])[]): Depending => ({
  id,
  dependsOn: needs.map((one) => (typeof one === "string" ? { on: one, kind: "needs" } : { on: one[0], kind: one[1] })),
});
const city = [
  on("network"),
  on("servers", "network"),
  on("identity", "servers"),
  on("mail", "servers", "identity"),
  on("payroll", "servers", ["mail", "degraded-without"]),
  on("buildings"),
];
const found = (services: readonly Depending[], affected: Record<string, Harm>) =>
  touchedBy(services, new Map(Object.entries(affected))).map((one) => `${one.depth} ${one.service} ${one.harm}`);

describe("what depends on what is affected", () => {
  test("is found however far, each once, with its way and its depth", () => {
    assert.deepEqual(found(city, { network: "down" }), [
      "1 servers down",
      "2 identity down",
      "2 mail down",
      "2 payroll down",
    ]);
    const [, , mail] = touchedBy(city, new Map([["network", "down"]]));
    assert.deepEqual([mail?.through, mail?.from, mail?.kind], ["servers", "network", "needs"]);
  });
  test("suffers less where it can do without", () => {
    assert.deepEqual(found(city, { mail: "down" }), ["1 payroll degraded"]);
    assert.deepEqual(found(city, { mail: "degraded" }), ["1 payroll at-risk"]);
    assert.deepEqual(found(city, { servers: "at-risk" }), [
      "1 identity at-risk",
      "1 mail at-risk",
      "1 payroll at-risk",
    ]);
  });
  test("is at its worst, even by a longer way", () => {
    const services = [on("a"), on("b", "a"), on("c", "b", ["a", "degraded-without"])];
    assert.deepEqual(found(services, { a: "down" }), ["1 b down", "2 c down"]);
  });
  test("does not come back in a circle", () => {
    const circle = [on("a", "c"), on("b", "a"), on("c", "b")];
    assert.deepEqual(found(circle, { a: "down" }), ["1 b down", "2 c down"]);
    assert.deepEqual(found([on("a", "a")], { a: "down" }), []);
  });
  test("nothing depends on it: nothing is proposed", () => {
    assert.deepEqual(found(city, { buildings: "down", unheard: "down" }), []);
  });
});

const anyServices = fc
  .array(fc.array(fc.record({ to: fc.nat(11), kind: fc.constantFrom(...dependencyKinds) }), { maxLength: 6 }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((all) =>
    all.map(
      (edges, index): Depending => ({
        id: `s${index}`,
        dependsOn: edges.map(({ to, kind }) => ({ on: `s${to}`, kind })),
      }),
    ),
  );
const anyAffected = fc.dictionary(
  fc.nat(11).map((index) => `s${index}`),
  fc.constantFrom(...harms),
  { maxKeys: 4 },
);

test("whatever depends on what, in circles too: it ends, each is found once, in an order that does not change, and for a reason", () => {
  fc.assert(
    fc.property(anyServices, anyAffected, (services, affected) => {
      const given = new Map(Object.entries(affected));
      const all = touchedBy(services, given);
      assert.deepEqual(touchedBy(services, given), all);
      assert.equal(new Set(all.map(({ service }) => service)).size, all.length);
      const known = new Map(given);
      for (const one of all) {
        assert.ok(!given.has(one.service));
        const edges = services.find(({ id }) => id === one.service)?.dependsOn ?? [];
        assert.ok(edges.some((edge) => edge.on === one.through && edge.kind === one.kind));
        assert.equal(harmThrough(one.kind, known.get(one.through) ?? "at-risk"), one.harm);
        known.set(one.service, one.harm);
      }
      /* Nothing that depends on one of them is missing. */
      for (const { id, dependsOn = [] } of services)
        if (dependsOn.some((edge) => edge.on !== id && known.has(edge.on))) assert.ok(known.has(id), id);
    }),
    { numRuns: 400 },
  );
});

test("around one service stand those it needs and those that need it, the nearest first, as many as can be drawn", () => {
  const { nodes, more } = around(city, "servers", 20);
  assert.deepEqual(Object.fromEntries(nodes.map(({ id, layer }) => [id, layer])), {
    servers: 0,
    network: -1,
    identity: 1,
    mail: 1,
    payroll: 1,
  });
  assert.equal(more, 0);
  assert.deepEqual(around(city, "network", 2), {
    nodes: [
      { id: "network", layer: 0 },
      { id: "servers", layer: 1 },
    ],
    more: 3,
  });
  const circle = [on("a", "c"), on("b", "a"), on("c", "b")];
  assert.equal(around(circle, "a", 20).nodes.length, 3);
});

test("a list of dependencies names each service once, and not its own", () => {
  const [, , , mail] = city;
  assert.equal(refuseDependencies("mail", mail?.dependsOn ?? []), null);
  assert.equal(refuseDependencies("servers", mail?.dependsOn ?? [])?.refused, "depends-on-itself");
  const twice = on("x", "a", ["a", "degraded-without"]).dependsOn ?? [];
  assert.equal(refuseDependencies(null, twice)?.refused, "depends-twice");
});
