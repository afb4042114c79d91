/** What no shape can say of a supplier. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Supplier, supplierFault } from "./suppliers.ts";

type Given = Pick<Supplier, "targets" | "contacts" | "calendar">;
const aude = { name: "Aude", role: "r", email: "a@x.example", phone: null, language: "fr", afterMinutes: 0 } as const;
const good: Given = {
  calendar: "office",
  targets: [
    { clock: "respond", minutes: 60, inHours: true },
    { clock: "restore", minutes: 240, inHours: true, priorities: [3, 4, 5] },
    { clock: "restore", minutes: 120, inHours: false, priorities: [1, 2] },
  ],
  contacts: [aude, { ...aude, name: "Bo", email: null, phone: "1", afterMinutes: 30 }],
};

test("a supplier that may be kept", () => assert.equal(supplierFault(good), null));

for (const [name, changes, fault] of [
  [
    "two targets for one priority",
    { targets: [...good.targets, { clock: "restore", minutes: 5, inHours: false }] },
    "twice",
  ],
  ["hours that it has not", { calendar: null }, "hours"],
  ["a contact who cannot be reached", { contacts: [{ ...aude, email: null }] }, "contact"],
  ["one called sooner than the one before", { contacts: [{ ...aude, afterMinutes: 9 }, aude] }, "order"],
] as const satisfies readonly (readonly [string, Partial<Given>, string])[])
  test(`refused: ${name}`, () => assert.equal(supplierFault({ ...good, ...changes })?.fault, fault));
