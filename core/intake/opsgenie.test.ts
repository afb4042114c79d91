/** What clients of Opsgenie send, with what they really sent, and the traps of their addresses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changeDetails, parseOpsgenieAction, parseOpsgenieAlert } from "./opsgenie.ts";
import { readOpsgenieAddress } from "./opsgenie-path.ts";
import { readOpsgenieQuery } from "./opsgenie-query.ts";

const create = (body: unknown) => parseOpsgenieAlert(body, { generatedKey: "generated" });
const made = (body: object) => {
  const parsed = create(body);
  assert.ok(parsed.ok);
  return parsed.signal;
};

test("the alias is the key; without one each create is an alert of its own", () => {
  assert.equal(made({ message: "m", alias: "event 573/é" }).key, "event 573/é");
  assert.equal(made({ message: "m" }).key, "tocsin/generated");
  const long = made({ message: "m", alias: "x".repeat(512) });
  assert.match(long.key, /^sha256:/);
  assert.equal((long.details as { alias: string }).alias, "x".repeat(512));
});

test("P1 to P5 are severity and a priority that is asked for; anything else is P3, and never costs the alert", () => {
  const read = (priority: unknown) => {
    const { severity, priority: asked } = made({ message: "m", priority });
    return [severity, asked];
  };
  assert.deepEqual(["P1", "P2", "P3", "P4", "P5"].map(read), [
    ["critical", 1],
    ["error", 2],
    ["warning", 3],
    ["info", 4],
    ["info", 5],
  ]);
  for (const odd of [undefined, "", "P9", 3, null]) assert.deepEqual(read(odd), ["warning", 3]);
});

test("what Opsgenie would keep is kept: responders, tags as sent, details of any shape, a message of any length", () => {
  const long = `${"disk ".repeat(300)}end`;
  const signal = made({
    message: long,
    tags: ["a", " c"],
    responders: [{ type: "team", name: "t" }],
    details: { k: { deep: [1] } },
    entity: "",
    IdentifierType: 1,
  });
  const details = signal.details as Record<string, unknown>;
  assert.deepEqual(details.tags, ["a", " c"]);
  assert.deepEqual(details.responders, [{ type: "team", name: "t" }]);
  assert.deepEqual(details.details, { k: { deep: [1] } });
  assert.equal(details.message, long);
  assert.ok(!("entity" in details) && !("IdentifierType" in details));
});

test("only a message is required, and what is missing is said by field", () => {
  assert.deepEqual(create({ message: " " }), { ok: false, errors: { message: "Message can not be empty." } });
  assert.equal(create([]).ok, false);
  assert.equal(create(undefined).ok, false);
});

test("A1.10 an alias may hold slashes, blanks and letters of any script; the last known action is the action", () => {
  const alias = (method: string, rest: string) => readOpsgenieAddress(method, rest, "alias");
  const of = (value: string) => ({ kind: "alias", value });
  assert.deepEqual(alias("GET", "event%20573/%C3%A9"), { is: "alert", of: of("event 573/é") });
  assert.deepEqual(alias("GET", "event%2F573%20x"), { is: "alert", of: of("event/573 x") });
  assert.deepEqual(alias("POST", "a/close/b/close/"), { is: "act", act: "close", of: of("a/close/b") });
  assert.deepEqual(alias("POST", "http://db1/x/acknowledge"), {
    is: "act",
    act: "acknowledge",
    of: of("http://db1/x"),
  });
  assert.deepEqual(alias("PUT", "close/message"), { is: "act", act: "message", of: of("close") });
  assert.deepEqual(alias("POST", "a%2Fclose/notes"), { is: "act", act: "notes", of: of("a/close") });
  assert.deepEqual(alias("GET", "count"), { is: "alert", of: of("count") });
  assert.deepEqual(alias("GET", "requests/x"), { is: "alert", of: of("requests/x") });
  assert.deepEqual(alias("GET", "%E0%A4%A"), { is: "alert", of: of("%E0%A4%A") });
});

test("what is not served is told apart from what does not exist", () => {
  const plain = (method: string, rest: string) => readOpsgenieAddress(method, rest, undefined);
  assert.deepEqual(plain("GET", "count"), { is: "count" });
  assert.deepEqual(plain("GET", "requests/43a2/"), { is: "request", id: "43a2" });
  for (const [method, rest] of [
    ["POST", "x/snooze"],
    ["POST", "x/actions/restart"],
    ["GET", "x/logs"],
    ["GET", "saved-searches"],
    ["DELETE", "x"],
  ] as const)
    assert.equal(plain(method, rest).is, "unserved", `${method} ${rest}`);
  for (const [method, rest] of [
    ["POST", "x"],
    ["POST", "x/constructor"],
    ["PUT", "x/close"],
    ["PATCH", "x/message"],
  ] as const)
    assert.equal(plain(method, rest).is, "nothing", `${method} ${rest}`);
});

test("tags are removed by comma, as one client writes them, and by repetition, as another does", () => {
  for (const tags of ["x,y", ["x", "y"]]) {
    const action = parseOpsgenieAction("remove-tags", undefined, { tags });
    assert.ok(action.ok && action.change);
    assert.deepEqual(changeDetails({ tags: ["a", "x", "y"], entity: "e" }, action.change).details, {
      tags: ["a"],
      entity: "e",
    });
  }
});

test("a change names what changes, and all else stays", () => {
  const kept = { description: "d", tags: ["a"], priority: "P3", details: { k: "v", l: "w" }, message: "long" };
  assert.deepEqual(changeDetails(kept, { description: "new" }), {
    title: null,
    severity: null,
    details: { ...kept, description: "new" },
  });
  assert.deepEqual(changeDetails(kept, { message: "short" }), {
    title: "short",
    severity: null,
    details: { description: "d", tags: ["a"], priority: "P3", details: { k: "v", l: "w" } },
  });
  assert.deepEqual(changeDetails(kept, { priority: 1 }).severity, "critical");
  const { details } = changeDetails(kept, { addDetails: { m: "x" }, removeDetails: ["k"] });
  assert.deepEqual((details as { details: object }).details, { l: "w", m: "x" });
  assert.deepEqual(changeDetails(null, { addTags: ["a", "a"] }).details, { tags: ["a"] });
});

test("an action says who and what; one that lacks what it is about is refused by field", () => {
  const read = (act: Parameters<typeof parseOpsgenieAction>[0], body: unknown) => parseOpsgenieAction(act, body, {});
  assert.deepEqual(read("acknowledge", { user: "ana@example.org", note: "n" }), {
    ok: true,
    change: null,
    said: { action: "acknowledge", by: "ana@example.org", note: "n" },
  });
  assert.deepEqual(read("close", undefined), {
    ok: true,
    change: null,
    said: { action: "resolve", by: null, note: null },
  });
  assert.deepEqual(read("notes", { note: "hot", user: "Ana" }), {
    ok: true,
    change: null,
    said: { action: "update", by: "Ana", note: "hot\n— Ana" },
  });
  for (const act of [
    "notes",
    "message",
    "priority",
    "add-tags",
    "remove-tags",
    "add-details",
    "remove-details",
  ] as const)
    assert.equal(read(act, {}).ok, false, act);
  assert.ok(read("description", {}).ok, "Alertmanager sends an empty one");
});

test("the search language of its clients is read, and what is not understood is said", () => {
  const term = (field: string, value: string, by = "=") => ({ is: "term", field, by, value });
  assert.deepEqual(readOpsgenieQuery("status: open AND priority: P1"), {
    query: { is: "and", of: [term("status", "open"), term("priority", "P1")] },
  });
  assert.deepEqual(readOpsgenieQuery("status:open"), { query: term("status", "open") });
  assert.deepEqual(readOpsgenieQuery('NOT (tag: "a b" OR disk) createdAt > 1470394841148'), {
    query: {
      is: "and",
      of: [
        { is: "not", of: { is: "or", of: [term("tag", "a b"), term("any", "disk")] } },
        term("createdat", "1470394841148", ">"),
      ],
    },
  });
  assert.deepEqual(readOpsgenieQuery(""), { query: { is: "and", of: [] } });
  for (const wrong of ["nonsense: x", "status:", "(a", "a)", "AND", "createdAt > soon", "status > open", "a OR"])
    assert.ok("error" in readOpsgenieQuery(wrong), wrong);
  assert.ok("error" in readOpsgenieQuery(`${"(".repeat(100)}a${")".repeat(100)}`));
});
