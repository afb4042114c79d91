import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compile, evaluate, maxIterated, maxSourceLength } from "./condition.ts";
import { seedFromName } from "./id.ts";
import { maxPatternLength } from "./pattern.ts";
import type { Json } from "./vocabulary.ts";

const instant = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

const variables = { body: "dyn", now: "timestamp", count: "int" } as const;
const now = instant("2026-03-29T01:30:00Z");

function errorOf(result: { readonly error?: string } | object): string {
  return "error" in result ? String(result.error) : "";
}

function result(source: string, body: Json = null): { readonly value: Json } | { readonly error: string } {
  const condition = compile(source, variables);
  if ("error" in condition) return { error: `refused: ${condition.error}` };
  return evaluate(condition, { body, now, count: 3 });
}

function given(source: string, body: Json = null): Json {
  const outcome = result(source, body);
  assert.ok("value" in outcome, `${source}: ${errorOf(outcome)}`);
  return outcome.value;
}

/** Far above what was measured (40 ms at worst), far below what a runaway takes. */
const catastrophicMs = 2_000;

function boundedError(source: string, body: Json): string {
  const started = performance.now();
  const error = errorOf(result(source, body));
  assert.ok(performance.now() - started < catastrophicMs, `${source.slice(0, 60)} took too long`);
  return error;
}

const items = (count: number): Json => Array.from({ length: count }, (_, index) => ({ k: index, s: `x${index}` }));

test("reads JSON, computes, answers with JSON", () => {
  const body = { severity: "critical", labels: ["web", "db1"], nested: { n: 2 }, ratio: 0.5 };
  assert.equal(given('body.severity == "critical" && body.labels.exists(l, l.startsWith("db"))', body), true);
  assert.deepEqual(given("body.labels.map(l, {'label': l, 'size': size(l)})", body), [
    { label: "web", size: 3 },
    { label: "db1", size: 3 },
  ]);
  assert.equal(given('has(body.absent) ? "yes" : "no"', body), "no");
  assert.equal(given('"db1" in body.labels && "nested" in body', body), true);
  assert.deepEqual(given("body", body), body);
});

test("whole numbers and the doubles of JSON meet", () => {
  const body = { n: 7, ratio: 0.5 };
  assert.equal(given("body.n + 1", body), 8);
  assert.equal(given("body.n == 7 && body.n > 6 && count == 3", body), true);
  assert.equal(given("count * body.ratio", body), 1.5);
  assert.equal(given("body.n % 2", body), 1);
  assert.equal(given("[10, 20, 30][body.n - 6]", body), 20);
  assert.equal(given("1 + 2"), 3);
  assert.equal(given("9007199254740993"), "9007199254740993");
  assert.equal(given("1.0 / 0.0"), null);
});

test("what is wrong is said when it is written, with the place", () => {
  assert.match(errorOf(compile("body.", variables)), /Expected IDENTIFIER.*\(at 6\)/);
  assert.match(errorOf(compile("unknown == 1", variables)), /Unknown variable: unknown \(at 1\)/);
  assert.match(errorOf(compile('"a" + 1', variables)), /no such overload/);
  assert.match(errorOf(compile("b'bytes'", variables)), /not supported/);
  for (const source of ["matches_('a')", "'a'.matches_('a')", "cel.bind(a, 1, a)", "b'x'.json()", "timestamp_('x')"]) {
    assert.match(errorOf(compile(source, variables)), /unknown function|not supported/);
  }
  assert.match(errorOf(compile("true", { type: "dyn" })), /already registered/);
  const condition = compile("count > 1", variables);
  assert.equal("type" in condition && condition.type, "bool");
});

test("what is wrong with the values is an error, not an exception", () => {
  assert.match(errorOf(result("body.a.b", { a: null })), /No such key: b/);
  assert.match(errorOf(result("body.a + body.b", { a: 1, b: "x" })), /no such overload/);
  const condition = compile("count + 1", variables);
  assert.ok(!("error" in condition));
  assert.match(errorOf(evaluate(condition, {})), /Unknown variable: count/);
  assert.notEqual(errorOf(evaluate(condition, { count: 1.5 })), "");
  assert.notEqual(errorOf(evaluate(condition, { count: null })), "");
});

test("times are read in the zone that is named, UTC otherwise, on the day clocks change too", () => {
  assert.equal(given('now.getHours("Europe/Paris")'), 3);
  assert.equal(given("now.getHours()"), 1);
  assert.equal(given('now.getDate("Pacific/Kiritimati")'), 29);
  assert.equal(given('now.getDayOfWeek("Europe/Paris")'), 0);
  assert.deepEqual(
    given("[now.getFullYear(), now.getMonth(), now.getDayOfMonth(), now.getDayOfYear()]"),
    [2026, 2, 28, 87],
  );
  assert.match(errorOf(result('now.getHours("Mars/Olympus")')), /time zone/i);
  assert.equal(given('now - timestamp("2026-03-29T00:00:00Z") == duration("1h30m")'), true);
  assert.equal(given('now - duration("90m")'), "2026-03-29T00:00:00.000Z");
  assert.equal(given('timestamp("2026-03-29T01:30:00.000+0000") == now && timestamp(body) > now', 4e9), true);
  assert.equal(given('now - timestamp("2026-03-29T00:00:00Z")'), "PT5400S");
});

test("a time without a zone is refused: it would be read in the server's own", () => {
  assert.match(errorOf(result('timestamp("2026-03-29T01:30:00.000")')), /not a time/);
});

test("patterns are RE2's, literal and short", () => {
  assert.equal(given('body.matches("^db[0-9]+$")', "db12"), true);
  assert.equal(given('body.matches("[0-9]")', "db12"), true);
  assert.match(errorOf(result('body.matches("(a)\\\\1")', "aa")), /refused/);
  assert.match(errorOf(result("body.matches(body)", "a")), /literal pattern/);
  assert.match(errorOf(result(`body.matches("${"a".repeat(maxPatternLength + 1)}")`, "a")), /256/);
  assert.match(errorOf(result('body.matches("(a{0,100}){0,10}")', "a")), /repeats too much/);
});

test("adversarial: catastrophic patterns", () => {
  const text = "a".repeat(28);
  assert.equal(given('body.matches("^(a+)+$")', `${text}!`), false);
  assert.equal(given('body.matches("(x+x+)+y")', "x".repeat(1_000)), false);
  let word = 1;
  const random = Array.from({ length: 4_000 }, () => {
    word = Math.imul(word, 1_103_515_245) + 12_345;
    return (word >>> 16) & 1 ? "a" : "b";
  }).join("");
  boundedError('body.matches("(a|b)*a(a|b){20}[cd]")', random);
  assert.match(boundedError('body.matches("([ab]*a[ab]{90}|[ab]*b[ab]{90})[cd]")', random), /too long/);
  assert.notEqual(boundedError('body.exists(x, x.matches("(a|b)*a(a|b){20}[cd]"))', Array(1_000).fill(random)), "");
});

test("adversarial: comprehensions nested more than once are refused when written", () => {
  const source = "body.all(x, body.all(y, body.all(z, x + y + z > 0)))";
  assert.match(errorOf(compile(source, variables)), /nested more than once/);
  assert.equal(given("body.all(x, body.all(y, x + y > 0))", [1, 2, 3]), true);
  assert.equal(given("body.filter(x, x > 1).map(x, x * 2).exists(x, x == 6)", [1, 2, 3]), true);
});

test("adversarial: long lists are refused before they are gone through", () => {
  assert.match(boundedError("body.all(x, true)", items(10_000)), /10000 items/);
  assert.equal(given("body.all(x, x.k >= 0)", items(maxIterated)), true);
  assert.equal(given("size(body)", items(maxIterated + 1)), maxIterated + 1);
});

test("adversarial: what takes too long stops, even where errors are swallowed", () => {
  for (const source of [
    "body.all(x, body.all(y, x.k >= 0 && y.k >= 0))",
    "body.exists(x, body.exists(y, y.absent == 1))",
    "body.exists(x, body.exists(y, y.absent == 1)) || true",
    "body.map(x, body.map(y, x.s + y.s))",
    `${Array(200).fill("body").join("+")} == []`,
    "body.exists(x, body != body.map(y, y))",
  ]) {
    assert.match(boundedError(source, items(1_000)), /too long/, source);
  }
});

test("adversarial: huge texts, and texts that double", () => {
  const text = "a".repeat(1_500_000);
  boundedError("body.size() > 1", text);
  assert.match(boundedError(`[body]${".map(a, a + a)".repeat(30)}`, text.slice(0, 16_000)), /too long/);
  assert.match(boundedError("body.map(a, a.split('').join('-'))", Array(1_000).fill(text)), /too long/);
  assert.match(boundedError("body.split('').join('------------')", text.slice(0, 16_000)), /too long a text/);
  assert.match(boundedError('duration(body) > duration("1s")', "1".repeat(10_000)), /not a duration/);
});

test("adversarial: deep values and deep sources", () => {
  let deep: Json = 1;
  for (let level = 0; level < 20_000; level++) deep = [deep];
  assert.notEqual(boundedError("body", deep), "");
  assert.match(boundedError("body == body", deep), /too deep/);
  for (const source of ["(".repeat(900) + ")".repeat(900), "!".repeat(1_900), "[".repeat(500), "true?".repeat(300)]) {
    assert.match(boundedError(source, null), /^refused/);
  }
  assert.match(errorOf(compile("1".repeat(maxSourceLength + 1), variables)), /longer than 2000/);
});

test("adversarial: prototypes are out of reach", () => {
  const body: Json = JSON.parse('{"__proto__":{"admin":true},"a":1}');
  for (const source of ["body.constructor", "body.toString", "'x'.constructor", "body['hasOwnProperty']"]) {
    assert.notEqual(errorOf(result(source, body)), "", source);
  }
  assert.deepEqual(Object.keys(given("body", body) as object), ["a"]);
  assert.deepEqual(given('{"__proto__": 1, "b": 2}'), { b: 2 });
});

test("the same values give the same answer again, and one evaluation leaves nothing to the next", () => {
  const condition = compile("body.all(x, body.all(y, x.k >= 0))", variables);
  assert.ok(!("error" in condition));
  const small = { body: items(100), now, count: 1 };
  const large = { body: items(1_000), now, count: 1 };
  for (const _ of [1, 2, 3]) {
    assert.deepEqual(evaluate(condition, small), { value: true });
    assert.match(errorOf(evaluate(condition, large)), /too long/);
  }
});

test("property: neither any source nor any value throws, and results are JSON", (t) => {
  const words = fc.constantFrom(
    ..."body now count . [ ] ( ) { } , : ? + - * / % ! == != < && || in 'a' \"b\" 1 2.5 null true x y".split(" "),
    ..."map filter all exists has size matches split join timestamp duration getHours string int a b".split(" "),
  );
  const source = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 40 }).map((parts) => parts.join(" ")),
    fc.constantFrom("body.a", "body.b.map(x, x)", "body == [1]", "body.a in body.b", "string(body.a) + 'x'", "-body"),
  );
  fc.assert(
    fc.property(source, fc.jsonValue(), (text, body) => {
      const outcome = result(text, body as Json);
      if ("value" in outcome) assert.doesNotThrow(() => JSON.stringify(outcome.value));
      else assert.notEqual(outcome.error, "");
    }),
    { seed: seedFromName(t.name)[0], numRuns: 3_000 },
  );
});
