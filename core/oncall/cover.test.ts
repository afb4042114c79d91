import assert from "node:assert/strict";
import { test } from "node:test";
import { type CoverAct, type CoverRequest, coverRefusal, coverStateAt, toldOfCover } from "./cover.ts";

const toAll: CoverRequest = { personId: "ana", asked: null, from: 10, until: 20, ended: null };
const toBen: CoverRequest = { ...toAll, asked: "ben" };
const somebody = (id: string, admin = false) => ({ id, admin });
const refused = (request: CoverRequest, act: CoverAct, id: string, at = 5, admin = false): string | undefined =>
  coverRefusal(request, act, somebody(id, admin), at)?.refused;

test("a request is open until its time is over, unless it ended before", () => {
  assert.deepEqual(
    [5, 15, 20].map((at) => coverStateAt(toAll, at)),
    ["open", "open", "over"],
  );
  for (const ended of ["accepted", "declined", "withdrawn"] as const)
    assert.equal(coverStateAt({ ...toAll, ended }, 30), ended);
});

test("given a request to one person, when others answer, then they are refused; its owner only withdraws", () => {
  assert.equal(refused(toBen, "accept", "ben"), undefined);
  assert.equal(refused(toBen, "decline", "ben"), undefined);
  for (const act of ["accept", "decline"] as const) {
    assert.equal(refused(toBen, act, "cleo"), "not-asked-for");
    assert.equal(refused(toBen, act, "ana"), "own-request");
    assert.equal(refused({ ...toBen, ended: "accepted" }, act, "ben"), "cover-settled");
    assert.equal(refused(toBen, act, "ben", 20), "already-over");
  }
  assert.equal(refused(toBen, "withdraw", "ana"), undefined);
  assert.equal(refused(toBen, "withdraw", "ben"), "not-administrator");
  assert.equal(refused(toBen, "withdraw", "cleo", 5, true), undefined);
  assert.equal(refused(toBen, "withdraw", "ana", 20), "cover-settled");
});

test("given a request to all, when one of them accepts, then it is theirs; nobody declines for all", () => {
  assert.equal(refused(toAll, "accept", "cleo"), undefined);
  assert.equal(refused(toAll, "decline", "cleo"), "asked-of-everybody");
});

const members = ["ana", "ben", "cleo", "ben"];
const told = (request: CoverRequest, happened: Parameters<typeof toldOfCover>[1], by: string): string[] =>
  toldOfCover(request, happened, { by, members }).map(({ personId, news }) => `${personId}: ${news}`);

test("whoever is asked hears of it once, and never whoever asks", () => {
  assert.deepEqual(told(toAll, "asked", "ana"), ["ben: asked", "cleo: asked"]);
  assert.deepEqual(told(toBen, "asked", "ana"), ["ben: asked"]);
});

test("whoever asked hears who accepts or refuses; the others asked hear that it is taken", () => {
  assert.deepEqual(told(toAll, "accepted", "ben"), ["ana: accepted", "cleo: taken"]);
  assert.deepEqual(told(toBen, "accepted", "ben"), ["ana: accepted"]);
  assert.deepEqual(told(toBen, "declined", "ben"), ["ana: declined"]);
});

test("those asked hear that it is withdrawn, and so does its owner when another did it", () => {
  assert.deepEqual(told(toAll, "withdrawn", "ana"), ["ben: withdrawn", "cleo: withdrawn"]);
  assert.deepEqual(told(toBen, "withdrawn", "dora"), ["ana: withdrawn-for-you", "ben: withdrawn"]);
});
