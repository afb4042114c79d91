/** Suppliers and partners: what their contract promises, whom of theirs to call in which order; and what they are asked on an incident. */
import { z } from "zod";
import {
  contactsMax,
  contractMinutesMax,
  contractTargetsMax,
  supplierClocks,
  supplierKinds,
} from "../core/directory/suppliers.ts";
import type { RefusalCode } from "../core/kernel/refusal.ts";
import { contactReasons, engagementStatuses, supplierTellings } from "../core/kernel/supplier-words.ts";
import { listing, name } from "./directory.ts";
import { endpoint } from "./endpoint.ts";
import { category, id, instant, language, priority, text } from "./shapes.ts";

const target = z.strictObject({
  /** `respond`: until they answer. `restore`: until they say that it works. */
  clock: z.enum(supplierClocks),
  /** Absent: for every priority. */
  priorities: z.array(priority).min(1).max(5).optional(),
  minutes: z.int().min(1).max(contractMinutesMax),
  /** Counted in their support hours. */
  inHours: z.boolean(),
});

const contact = z.strictObject({
  name: text(100),
  role: text(100),
  email: z.email().max(200).nullable(),
  phone: text(40).nullable(),
  language,
  /** Proposed so long after they were asked, while nobody of theirs has answered. */
  afterMinutes: z.int().min(0).max(contractMinutesMax),
});

const fields = {
  name,
  kind: z.enum(supplierKinds),
  language,
  contract: text(200).nullable(),
  /** Ids of the services that they hold up. */
  services: z.array(id).max(200),
  /** Their support hours, as a business calendar; null: at any hour. */
  calendar: category.nullable(),
  targets: z.array(target).max(contractTargetsMax),
  /** In the order in which they are called. */
  contacts: z.array(contact).max(contactsMax),
  note: text(2_000).nullable(),
};

export const supplier = z.object({
  ...fields,
  id,
  name: z.string(),
  contract: z.string().nullable(),
  note: z.string().nullable(),
  /** No longer called on; what was asked of it stays. */
  retired: z.boolean(),
});
export type SupplierView = z.infer<typeof supplier>;

const byId = z.strictObject({ id });
const faults = [
  "level-five-needed",
  "supplier-faulty",
  "name-taken",
  "service-unknown",
  "service-retired",
  "calendar-unknown",
] as const;

export const listSuppliers = listing("listSuppliers", "/api/v1/suppliers", supplier);
export const readSupplier = endpoint({
  id: "readSupplier",
  method: "GET",
  path: "/api/v1/suppliers/:id",
  tag: "suppliers",
  access: "member",
  params: byId,
  success: 200,
  output: supplier,
  refusals: [],
});
/** For level 5, who keep the list, and administrators. */
export const addSupplier = endpoint({
  id: "addSupplier",
  method: "POST",
  path: "/api/v1/suppliers",
  tag: "suppliers",
  access: "member",
  body: z.strictObject({
    ...fields,
    kind: fields.kind.default("supplier"),
    contract: fields.contract.optional(),
    services: fields.services.default([]),
    calendar: fields.calendar.optional(),
    targets: fields.targets.default([]),
    contacts: fields.contacts.default([]),
    note: fields.note.optional(),
  }),
  success: 201,
  output: supplier,
  refusals: [...faults, "suppliers-full"],
});
/** A contract that is changed changes nothing of what was asked before. */
export const changeSupplier = endpoint({
  id: "changeSupplier",
  method: "PATCH",
  path: "/api/v1/suppliers/:id",
  tag: "suppliers",
  access: "member",
  params: byId,
  body: z.strictObject({ ...fields, retired: z.boolean() }).partial(),
  success: 200,
  output: supplier,
  refusals: [...faults, "supplier-unknown"],
});

const how = z.enum(["letter", "phone"]);
const engagement = z.object({
  number: z.int(),
  supplier: id,
  name: z.string(),
  kind: z.enum(supplierKinds),
  language,
  contract: z.string().nullable(),
  text: z.string(),
  by: z.object({ id: z.string().nullable(), name: z.string() }),
  at: instant,
  status: z.enum(engagementStatuses),
  /** What they call it. */
  ticket: z.string().nullable(),
  answeredAt: instant.nullable(),
  restoredAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** What they said last. */
  told: z.object({ at: instant, by: z.string(), byLink: z.boolean(), text: z.string() }).nullable(),
  clocks: z.array(
    z.object({
      clock: z.enum(supplierClocks),
      /** `closed`: outside their hours. `ended`: over without it. */
      status: z.enum(["running", "closed", "missed", "met", "met-late", "ended"]),
      minutes: z.int(),
      /** Null: the clock on the wall. */
      calendar: z.object({ id: z.string(), name: z.string() }).nullable(),
      percent: z.int(),
      dueAt: instant.nullable(),
      reachedAt: instant.nullable(),
    }),
  ),
  /** `barred`: by a letter whose link the mark of the incident keeps closed, as long as it is so marked. */
  calls: z.array(
    z.object({ order: z.int(), contact: z.string(), role: z.string(), how, at: instant, barred: z.boolean() }),
  ),
  /** Whom of theirs to call next; `proposed`: why now, null while nothing says so. */
  next: z
    .object({
      order: z.int(),
      name: z.string(),
      role: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      proposed: z.enum(contactReasons).nullable(),
    })
    .nullable(),
});
export type EngagementView = z.infer<typeof engagement>;

const engagements = z.object({
  data: z.array(engagement),
  nextCursor: z.null(),
  at: instant,
  /** What this reader may do. */
  may: z.object({ engage: z.boolean(), call: z.boolean(), tell: z.boolean(), ticket: z.boolean(), close: z.boolean() }),
});
export type Engagements = z.infer<typeof engagements>;

const count = z.object({ met: z.int(), missed: z.int(), running: z.int(), without: z.int() });
const supplierReport = z.object({
  data: z.array(
    engagement.omit({ next: true, calls: true }).extend({
      incident: z.object({
        id,
        number: z.string(),
        title: z.string(),
        priority: priority.nullable(),
        ended: z.boolean(),
        exercise: z.boolean(),
      }),
    }),
  ),
  nextCursor: z.null(),
  /** Of all that this reader may see, exercises left out: from facts of the records alone. */
  counts: z.object({ asked: z.int(), open: z.int(), declined: z.int(), respond: count, restore: count }),
});
export type SupplierReport = z.infer<typeof supplierReport>;

export const listSupplierEngagements = endpoint({
  id: "listSupplierEngagements",
  method: "GET",
  path: "/api/v1/suppliers/:id/engagements",
  tag: "suppliers",
  access: "member",
  params: byId,
  success: 200,
  output: supplierReport,
  refusals: [],
});

const byIncident = z.strictObject({ id: z.string().max(64) });
const common: readonly RefusalCode[] = [
  "incident-unknown",
  "level-too-low",
  "level-missing",
  "already-closed",
  "already-dismissed",
  "already-merged",
];
const one = z.int().min(1).max(10_000);
const ticket = text(80);

export const listEngagements = endpoint({
  id: "listEngagements",
  method: "GET",
  path: "/api/v1/incidents/:id/suppliers",
  tag: "suppliers",
  access: "member",
  params: byIncident,
  success: 200,
  output: engagements,
  refusals: ["incident-unknown"],
});

function acting<const Id extends string, Body extends z.ZodType, const Codes extends readonly RefusalCode[]>(
  name: Id,
  path: string,
  body: Body,
  refusals: Codes,
) {
  return endpoint({
    id: name,
    method: "POST",
    path: `/api/v1/incidents/:id/${path}`,
    tag: "suppliers",
    access: "member",
    params: byIncident,
    body,
    success: path === "call-on-supplier" ? 201 : 200,
    output: engagements,
    refusals: [...common, ...refusals],
  });
}

const calling = ["no-contact-left", "contact-without", "mark-stays-inside", "contributions-full"] as const;

/** Their clocks begin. `how`: the first of their contacts is written to, or was called; null: nobody is called yet. */
export const callOnSupplier = acting(
  "callOnSupplier",
  "call-on-supplier",
  z.strictObject({
    supplier: id,
    /** In their language. */
    text: text(1_000),
    /** What is shared with them besides. */
    context: text(2_000).nullable().optional(),
    how: how.nullable().default("letter"),
  }),
  ["supplier-unknown", "supplier-retired", "engagement-open", "engagements-full", ...calling],
);
/** What they say by telephone or by their own mail, written down by somebody of the desk. */
export const recordSupplierAnswer = acting(
  "recordSupplierAnswer",
  "supplier-answer",
  z.strictObject({
    engagement: one,
    became: z.enum(supplierTellings),
    ticket: ticket.nullable().optional(),
    text: text(2_000).nullable().optional(),
  }),
  ["engagement-unknown", "engagement-over", "engagement-state", "nothing-changes"],
);
export const recordSupplierTicket = acting(
  "recordSupplierTicket",
  "supplier-ticket",
  z.strictObject({ engagement: one, ticket }),
  ["engagement-unknown", "nothing-changes"],
);
/** The next of their contacts, in order. */
export const callSupplierContact = acting(
  "callSupplierContact",
  "call-supplier-contact",
  z.strictObject({ engagement: one, how: how.default("letter"), text: text(2_000).nullable().optional() }),
  ["engagement-unknown", "engagement-over", ...calling],
);
export const closeEngagement = acting(
  "closeEngagement",
  "close-supplier",
  z.strictObject({ engagement: one, text: text(2_000).nullable().optional() }),
  ["engagement-unknown", "engagement-over"],
);
