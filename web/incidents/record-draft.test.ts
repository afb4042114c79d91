/** What the person chose stays: proposals and templates fill what is empty, and give back only what they filled. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  accept,
  applyTemplate,
  bodyOf,
  type Draft,
  emptyDraft,
  giveBack,
  isReady,
  isTaken,
  type Offer,
  offersFor,
  type Proposals,
  type Template,
} from "./record-draft.ts";

const why = (code: string) => [{ code, values: {} }];
const proposed: Proposals = {
  service: { value: "payroll", reasons: why("service-named") },
  otherServices: [],
  categories: [
    { value: "security", reasons: why("category-word") },
    { value: "complex", reasons: why("history") },
  ],
  impact: { value: 2, reasons: why("words") },
  urgency: { value: 3, reasons: why("nothing-known") },
  priority: 3,
  assignee: { value: { kind: "team", id: "network" }, reasons: why("service-team") },
};
const template: Template = {
  id: "t",
  nameFr: "Rançongiciel",
  nameEn: "Ransomware",
  title: "Files are encrypted",
  description: "Unplug, do not switch off.",
  service: "files",
  categories: ["security"],
  impact: 1,
  urgency: null,
};
const written: Draft = { ...emptyDraft, title: "Pay slips are late" };
const offered = (draft: Draft): Record<string, Offer | undefined> => offersFor(draft, proposed);

test("what is empty is offered, with its reasons; what nobody knows is not", () => {
  const { service, categories, weight, assignee } = offered(written);
  assert.deepEqual(service, { fills: { service: "payroll" }, reasons: why("service-named") });
  assert.deepEqual(categories?.fills, { categories: ["security", "complex"] });
  assert.deepEqual(weight?.fills, { impact: "2" });
  assert.deepEqual(assignee?.fills, { assignee: { kind: "team", id: "network" } });
});

test("what the person chose is not offered, and never overwritten by an offer made before", () => {
  const { service, weight } = offered(written);
  const chosen: Draft = { ...written, service: "mail", categories: ["major"], impact: "4" };
  assert.deepEqual(Object.keys(offersFor(chosen, proposed)), ["assignee"]);
  assert.ok(service && weight);
  assert.equal(accept(chosen, service).service, "mail");
  assert.equal(accept(chosen, weight).impact, "4");
});

test("an offer is taken, given back, and leaves alone what was changed since", () => {
  const { service } = offered(written);
  assert.ok(service);
  const taken = accept(written, service);
  assert.equal(taken.service, "payroll");
  assert.equal(isTaken(taken, service), true);
  assert.deepEqual(giveBack(taken, service), written);
  const changed: Draft = { ...taken, service: "mail" };
  assert.equal(isTaken(changed, service), false);
  assert.equal(giveBack(changed, service).service, "mail");
});

test("a template begins a draft; a title and choices of one's own stay", () => {
  const begun = applyTemplate({ ...emptyDraft, title: ">ransom", impact: "3" }, template, null);
  assert.deepEqual(begun, {
    ...emptyDraft,
    title: "Files are encrypted",
    description: "Unplug, do not switch off.",
    service: "files",
    categories: ["security"],
    impact: "3",
  });
  assert.equal(applyTemplate(written, template, null).title, "Pay slips are late");
  const other: Template = { ...template, id: "o", title: "Mail is slow", service: "mail", description: null };
  const after = applyTemplate(begun, other, template);
  assert.deepEqual([after.title, after.service, after.description], ["Mail is slow", "mail", ""]);
  assert.deepEqual(applyTemplate(begun, null, template), { ...emptyDraft, impact: "3" });
});

test("a draft that looks for a template is no title; only what was said is sent", () => {
  assert.equal(isReady({ ...emptyDraft, title: " > vpn" }), false);
  assert.equal(isReady({ ...emptyDraft, title: "  " }), false);
  assert.equal(isReady(written), true);
  assert.deepEqual(bodyOf(written, "en"), { title: "Pay slips are late", language: "en" });
  assert.deepEqual(bodyOf({ ...written, urgency: "2", categories: ["major"], exercise: true }, "fr"), {
    title: "Pay slips are late",
    language: "fr",
    categories: ["major"],
    urgency: 2,
    exercise: true,
  });
});
