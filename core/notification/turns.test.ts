import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ContactPoint, ContactRule } from "../directory/types.ts";
import {
  afterMinutesMax,
  heldUntil,
  isQuiet,
  keptForLater,
  pointForNotices,
  quietUntil,
  soundsWindowMs,
  turnsOf,
  urgencyOf,
  waysForNews,
} from "./turns.ts";

const point = (id: string, changes: Partial<ContactPoint> = {}): ContactPoint => ({
  id,
  kind: "email",
  address: id,
  enabled: true,
  ...changes,
});
const mail = point("mail");
const phone = point("phone", { kind: "ntfy" });
const hook = point("hook", { kind: "webhook" });
const rule = (contactPoint: string, afterMinutes: number): ContactRule => ({ contactPoint, afterMinutes });
const said = (contactPoints: readonly ContactPoint[], high: readonly ContactRule[] = [], low = high): string[] =>
  turnsOf({ contactPoints, preference: { high, low } }, "high").map((one) => `${one.point.id} ${one.afterMinutes}`);

test("nothing said: all at once, in their own order; what is off is left out", () => {
  assert.deepEqual(said([mail, phone, point("off", { enabled: false })]), ["mail 0", "phone 0"]);
  assert.deepEqual(
    turnsOf({ contactPoints: [mail, phone] }, "low").map((one) => one.point.id),
    ["mail", "phone"],
  );
  assert.deepEqual(said([]), []);
});

test("turns are taken as they were given, earliest first, each contact point once", () => {
  const rules = [rule("mail", 5), rule("phone", 0), rule("hook", 2), rule("phone", 9)];
  assert.deepEqual(said([mail, phone, hook], rules), ["phone 0", "hook 2", "mail 5"]);
  assert.deepEqual(said([mail, phone, hook], [rule("phone", 0)]), ["phone 0"], "those not named have no turn");
});

test("the first goes at once: when it is off or gone, the others move up by its wait", () => {
  const rules = [rule("phone", 0), rule("mail", 3), rule("hook", 8)];
  assert.deepEqual(said([mail, hook], rules), ["mail 0", "hook 5"]);
  assert.deepEqual(said([mail, { ...phone, enabled: false }], rules), ["mail 0"]);
});

test("a preference that names nothing usable is as if nothing was said", () => {
  assert.deepEqual(said([mail, phone], [rule("gone", 0)]), ["mail 0", "phone 0"]);
});

test("the preference is that of the urgency", () => {
  const person = { contactPoints: [mail, phone], preference: { high: [rule("phone", 0)], low: [rule("mail", 0)] } };
  assert.deepEqual(
    (["high", "low"] as const).map((urgency) => turnsOf(person, urgency).map((one) => one.point.id)),
    [["phone"], ["mail"]],
  );
});

test("high is what is critical or high, and what nobody has weighed", () => {
  assert.deepEqual(([null, 1, 2, 3, 4, 5] as const).map(urgencyOf), ["high", "high", "high", "low", "low", "low"]);
});

test("whatever is said, whoever has a usable contact point is called at once by one of them", () => {
  const ids = ["a", "b", "c", "d"];
  const points = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 });
  const rules = fc.array(
    fc.record({ contactPoint: fc.constantFrom(...ids, "gone"), afterMinutes: fc.integer({ min: 0, max: 500 }) }),
  );
  fc.assert(
    fc.property(points, rules, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (chosen, high, on) => {
      const contactPoints = chosen.map((id, index) => point(id, { enabled: on[index] ?? true }));
      const turns = turnsOf({ contactPoints, preference: { high, low: [] } }, "high");
      assert.equal(
        turns.length > 0,
        contactPoints.some((one) => one.enabled),
      );
      if (turns.length > 0) assert.equal(turns[0]?.afterMinutes, 0);
      assert.ok(
        turns.every((one) => one.point.enabled && one.afterMinutes >= 0 && one.afterMinutes <= afterMinutesMax),
      );
      assert.equal(new Set(turns.map((one) => one.point.id)).size, turns.length);
    }),
  );
});

test("what only tells goes by e-mail, else wherever there is", () => {
  assert.equal(pointForNotices({ contactPoints: [phone, mail] }), mail);
  assert.equal(pointForNotices({ contactPoints: [phone, { ...mail, enabled: false }] }), phone);
  assert.equal(pointForNotices({ contactPoints: [] }), undefined);
  assert.equal(pointForNotices(undefined), undefined);
});

test("quiet hours keep what sounds still, but never what is urgent, nor the only way there is", () => {
  const voice = point("voice", { kind: "voice" });
  const ids = (points: readonly ContactPoint[], urgency: "high" | "low", quiet: boolean): string[] =>
    turnsOf({ contactPoints: points, preference: { high: [], low: [] } }, urgency, quiet).map((one) => one.point.id);
  assert.deepEqual(ids([mail, phone, voice], "low", true), ["mail"]);
  assert.deepEqual(ids([mail, phone, voice], "low", false), ["mail", "phone", "voice"]);
  assert.deepEqual(ids([mail, phone, voice], "high", true), ["mail", "phone", "voice"]);
  assert.deepEqual(ids([phone, voice], "low", true), ["phone", "voice"]);
});

test("quiet hours are of the clock on their wall, over midnight too", () => {
  const at = (hour: string): number => Date.parse(`2026-01-15T${hour}:00Z`);
  const quiet = (from: string, to: string, hour: string, zone = "UTC"): boolean =>
    isQuiet({ zone, preference: { high: [], low: [], quiet: { from, to } } }, at(hour));
  assert.deepEqual(
    ["21:59", "22:00", "03:00", "06:59", "07:00"].map((hour) => quiet("22:00", "07:00", hour)),
    [false, true, true, true, false],
  );
  assert.deepEqual([quiet("12:00", "13:00", "12:30"), quiet("12:00", "13:00", "13:00")], [true, false]);
  assert.equal(quiet("22:00", "07:00", "03:30", "America/Toronto"), true, "22:30 there");
  assert.equal(quiet("22:00", "07:00", "02:30", "America/Toronto"), false, "21:30 there");
  assert.equal(quiet("08:00", "08:00", "08:00"), false);
  assert.equal(isQuiet({ zone: "UTC" }, at("03:00")), false);
});

test("five calls in five minutes on one telephone: what does not press waits for the oldest of them to be past", () => {
  const sentAt = [50, 40, 30, 20, 10];
  const now = 60;
  assert.equal(heldUntil("sms", "low", { sentAt, now }), 10 + soundsWindowMs);
  assert.equal(heldUntil("sms", "high", { sentAt, now }), null);
  assert.equal(heldUntil("email", "low", { sentAt, now }), null);
  assert.equal(heldUntil("sms", "low", { sentAt: sentAt.slice(1), now }), null);
  assert.equal(heldUntil("sms", "low", { sentAt, now: now + soundsWindowMs }), null);
});

test("hours of peace end by the clock on their wall, also on the night that it changes", () => {
  const zone = "America/Toronto";
  const until = (from: string, to: string, instant: string): string | null => {
    const end = quietUntil({ zone, preference: { high: [], low: [], quiet: { from, to } } }, Date.parse(instant));
    return end === null ? null : new Date(end).toISOString();
  };
  assert.equal(until("22:00", "07:00", "2026-10-08T03:30:00Z"), "2026-10-08T11:00:00.000Z");
  assert.equal(until("22:00", "07:00", "2026-10-08T10:59:59Z"), "2026-10-08T11:00:00.000Z");
  assert.equal(until("22:00", "07:00", "2026-10-08T11:00:00Z"), null, "over");
  assert.equal(until("22:00", "07:00", "2026-11-01T03:30:00Z"), "2026-11-01T12:00:00.000Z", "an hour more that night");
  assert.equal(until("00:30", "01:30", "2026-11-01T06:10:00Z"), "2026-11-01T06:30:00.000Z", "the second 1:30");
  assert.equal(until("22:00", "02:30", "2026-03-08T06:30:00Z"), "2026-03-08T07:30:00.000Z", "2:30 is not, 3:30 is");
});

test("what hours of peace keep is told by one way at their end: in writing rather than by voice, never what presses", () => {
  const at = Date.UTC(2026, 9, 7, 3);
  const quiet = { from: "22:00", to: "07:00" };
  const voice = point("voice", { kind: "voice" });
  const sms = point("sms", { kind: "sms" });
  const kept = (contactPoints: ContactPoint[], urgency: "high" | "low" = "low", low: string[] = []) => {
    const rules = low.map((contactPoint) => rule(contactPoint, 0));
    const found = keptForLater(
      { zone: "UTC", contactPoints, preference: { high: [], low: rules, quiet } },
      urgency,
      at,
    );
    return found && [found.point.kind, new Date(found.until).toISOString()];
  };
  assert.deepEqual(kept([mail, voice, sms]), ["sms", "2026-10-07T07:00:00.000Z"]);
  assert.deepEqual(kept([mail, voice]), ["voice", "2026-10-07T07:00:00.000Z"]);
  assert.equal(kept([mail, voice, sms], "high"), null);
  assert.equal(kept([mail]), null);
  assert.equal(kept([voice, sms]), null, "called at once: there is no other way");
  assert.equal(kept([mail, sms], "low", ["mail"]), null, "they never wanted it by text message");
});

test("news goes by e-mail and by the way named first for what does not press, and leaves quiet hours quiet", () => {
  const noon = Date.UTC(2026, 9, 14, 12);
  const night = Date.UTC(2026, 9, 14, 2);
  const heard = (changes: object, at = noon) =>
    waysForNews({ contactPoints: [phone, mail, hook], zone: "UTC", ...changes }, at).now.map((one) => one.id);
  const low = [rule("phone", 0)];
  assert.deepEqual(heard({}), ["mail"], "nothing said: where it can be kept");
  assert.deepEqual(heard({ preference: { high: low, low: [] } }), ["mail"]);
  assert.deepEqual(heard({ preference: { high: [], low } }), ["mail", "phone"]);
  assert.deepEqual(heard({ preference: { high: [], low: [rule("mail", 0)] } }), ["mail"]);
  const quiet = { from: "22:00", to: "06:00" };
  assert.deepEqual(heard({ preference: { high: [], low, quiet } }, night), ["mail"]);
  assert.deepEqual(heard({ contactPoints: [phone], preference: { high: [], low, quiet } }, night), ["phone"]);
  assert.deepEqual(heard({ contactPoints: [] }), []);
  const later = (changes: object, when = night) => {
    const ways = waysForNews({ contactPoints: [phone, mail, hook], zone: "UTC", ...changes }, when);
    return ways.later && [ways.later.point.id, new Date(ways.later.until).toISOString()];
  };
  assert.deepEqual(later({ preference: { high: [], low, quiet } }), ["phone", "2026-10-14T06:00:00.000Z"]);
  assert.equal(later({ preference: { high: [], low, quiet } }, noon), null);
  assert.equal(
    later({ preference: { high: [], low: [rule("mail", 0)], quiet } }),
    null,
    "they chose what does not sound",
  );
  assert.equal(
    later({ preference: { high: low, low: [], quiet } }),
    null,
    "they chose nothing for what does not press",
  );
  assert.equal(
    later({ contactPoints: [phone], preference: { high: [], low, quiet } }),
    null,
    "told at once: no other way",
  );
});
