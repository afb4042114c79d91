/** Sets of time against the plainest oracle there is: each instant by itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clip, holds, intersect, lengthOf, type Span, type Spans, subtract, union } from "./spans.ts";

const end = 40;
const some = fc.array(fc.record({ from: fc.integer({ min: 0, max: end }), until: fc.integer({ min: 0, max: end }) }), {
  maxLength: 8,
});
const instants = (spans: Spans): Set<number> =>
  new Set(Array.from({ length: end }, (_, at) => at).filter((at) => holds(spans, at)));

function assertSet(spans: Spans, wanted: (at: number) => boolean): void {
  for (let at = 0; at < end; at += 1)
    assert.equal(holds(spans, at), wanted(at), `at ${at} of ${JSON.stringify(spans)}`);
  for (const [index, { from, until }] of spans.entries()) {
    assert.ok(from < until, "none is empty");
    assert.ok((spans[index - 1]?.until ?? -1) < from, "sorted, and no two touch");
  }
}

test("union, intersection and difference hold the instants that they should, and no span touches the next", () => {
  fc.assert(
    fc.property(some, some, (a, b) => {
      const [inA, inB] = [instants(a), instants(b)];
      assertSet(union([...a, ...b]), (at) => inA.has(at) || inB.has(at));
      assertSet(intersect(a, b), (at) => inA.has(at) && inB.has(at));
      assertSet(subtract(a, b), (at) => inA.has(at) && !inB.has(at));
      assertSet(clip(a, { from: 10, until: 20 }), (at) => inA.has(at) && at >= 10 && at < 20);
      assert.equal(lengthOf(union(a)), inA.size);
    }),
    { numRuns: 2_000 },
  );
});

test("what touches is one, and nothing is nothing", () => {
  const touching: Span[] = [
    { from: 5, until: 9 },
    { from: 1, until: 5 },
  ];
  assert.deepEqual(union(touching), [{ from: 1, until: 9 }]);
  assert.deepEqual(
    union([
      { from: 3, until: 3 },
      { from: 9, until: 2 },
    ]),
    [],
  );
  assert.deepEqual(subtract([{ from: 0, until: 9 }], []), [{ from: 0, until: 9 }]);
});
