/** The response to a security incident: whether the threat is contained and eradicated, what was seen of it, what is kept as
 *  evidence and by whom, and what is handed to third parties. One path for each command; each answers with all of it. */
import { z } from "zod";
import type { RefusalCode } from "../core/kernel/refusal.ts";
import {
  disclosureLimits,
  observableKinds,
  observableStatuses,
  type SecurityCommandName,
  securityCommands,
  threatSteps,
  valuesMax,
} from "../core/kernel/security-words.ts";
import { tlps } from "../core/kernel/vocabulary.ts";
import { actBody } from "./acts.ts";
import { type Endpoint, endpoint } from "./endpoint.ts";
import { id, instant, oneLine, seqMax, stage, text } from "./shapes.ts";

const byIncident = z.strictObject({ id: z.string().max(64) });
const tlp = z.enum(tlps).nullable();
const numbered = z.int().min(1).max(10_000);
const needsReason = { reason: text(2_000) };
const seen = {
  note: text(2_000).nullable().optional(),
  tlp: tlp.optional(),
  firstSeen: instant.nullable().optional(),
  lastSeen: instant.nullable().optional(),
};
const ofEvidence = { evidence: numbered };
const ofDisclosure = { disclosure: numbered };
const some = z.array(numbered).max(300).default([]);

export const securityBodies = {
  "declare-contained": actBody({ text: text(5_000) }),
  "withdraw-contained": actBody(needsReason),
  "declare-eradicated": actBody({ text: text(5_000) }),
  "withdraw-eradicated": actBody(needsReason),
  /** Defanged or not; without a kind, each is what it looks like. */
  "add-observables": actBody({
    values: z.array(z.string().min(1).max(2_100)).min(1).max(valuesMax),
    kind: z.enum(observableKinds).optional(),
    status: z.enum(observableStatuses).optional(),
    ...seen,
  }),
  "change-observable": actBody({ observable: numbered, status: z.enum(observableStatuses).optional(), ...seen }),
  /** `attachment`: a file of this incident; without it, a thing, and `place` says where it is. */
  "register-evidence": actBody({
    attachment: id.optional(),
    description: text(500),
    place: text(300).nullable().optional(),
    collectedBy: text(200).nullable().optional(),
    collectedAt: instant.nullable().optional(),
    source: text(500).nullable().optional(),
    how: text(1_000).nullable().optional(),
    tlp: tlp.optional(),
  }),
  "verify-evidence": actBody(ofEvidence),
  /** To `person`, who then receives it, or to `name` without an account, with what shows that they have it. */
  "hand-over-evidence": actBody({
    ...needsReason,
    ...ofEvidence,
    person: id.optional(),
    name: oneLine(200).optional(),
    place: text(300).nullable().optional(),
    receipt: text(500).nullable().optional(),
  }),
  "receive-evidence": actBody({ ...ofEvidence, text: text(1_000).nullable().optional() }),
  "keep-evidence": actBody({ ...needsReason, ...ofEvidence }),
  "hold-evidence": actBody({ ...needsReason, ...ofEvidence }),
  "release-evidence": actBody({ ...needsReason, ...ofEvidence }),
  "mark-evidence": actBody({ ...ofEvidence, tlp }),
  "add-note": actBody({ text: text(), tlp: tlp.optional() }),
  "prepare-disclosure": actBody({
    to: text(200),
    purpose: text(1_000),
    limit: z.enum(disclosureLimits),
    evidence: some,
    observables: some,
    /** Numbers of entries of the record. */
    entries: z.array(z.int().min(1).max(seqMax)).max(300).default([]),
  }),
  "approve-disclosure": actBody(ofDisclosure),
  "withdraw-disclosure": actBody({ ...needsReason, ...ofDisclosure }),
} satisfies Record<SecurityCommandName, z.ZodType>;

const command = z.enum(securityCommands);
const keeper = z.object({ id: id.nullable(), name: z.string() });
const settled = z.object({ at: instant, by: z.string(), reason: z.string().nullable() });
const declared = z.object({ at: instant, by: z.string(), text: z.string().nullable() });

const observable = z.object({
  number: z.int(),
  kind: z.enum(observableKinds),
  value: z.string(),
  /** So written that nothing makes a link of it. */
  defanged: z.string(),
  status: z.enum(observableStatuses),
  note: z.string().nullable(),
  /** Its own mark; null: that of the incident. */
  tlp,
  firstSeen: instant.nullable(),
  lastSeen: instant.nullable(),
  by: z.string(),
  at: instant,
  changed: settled.nullable(),
  /** Other incidents that have it, of those that the reader may see. */
  alsoOn: z.array(z.object({ id, number: z.string(), title: z.string(), stage })),
});

const evidence = z.object({
  number: z.int(),
  /** `sha256`: of what arrived. Null: it is a thing. */
  file: z
    .object({
      attachmentId: id,
      name: z.string(),
      mediaType: z.string(),
      bytes: z.int(),
      sha256: z.string(),
    })
    .nullable(),
  description: z.string(),
  place: z.string().nullable(),
  collectedBy: z.string(),
  collectedAt: instant,
  source: z.string().nullable(),
  how: z.string().nullable(),
  tlp,
  by: z.string(),
  at: instant,
  /** Who has it now. */
  keeper,
  handOvers: z.array(
    z.object({
      from: keeper,
      to: keeper,
      at: instant,
      by: z.string(),
      why: z.string().nullable(),
      place: z.string().nullable(),
      status: z.enum(["waiting", "received", "kept"]),
      answered: z.object({ at: instant, by: z.string(), text: z.string().nullable() }).nullable(),
    }),
  ),
  /** Whether its bytes still gave that hash: the latest last. */
  checks: z.array(z.object({ at: instant, by: z.string(), sha256: z.string(), matches: z.boolean() })),
  /** Since when it must not go; null: nothing holds it. */
  hold: settled.nullable(),
  may: z.array(command),
});

const disclosure = z.object({
  number: z.int(),
  to: z.string(),
  purpose: z.string(),
  limit: z.enum(disclosureLimits),
  evidence: z.array(z.int()),
  observables: z.array(z.int()),
  entries: z.array(z.int()),
  status: z.enum(["prepared", "approved", "withdrawn"]),
  by: keeper,
  at: instant,
  settled: settled.nullable(),
  may: z.array(command),
});

export const securityView = z.object({
  incident: z.object({ id, number: z.string(), title: z.string(), stage }),
  /** Of the incident: nothing in it is looser. */
  tlp,
  threat: z.object({
    /** Its categories ask for it before closing. */
    asked: z.boolean(),
    contained: declared.nullable(),
    eradicated: declared.nullable(),
    /** What was declared and proved false, oldest first. */
    reopened: z.array(
      z.object({ was: z.enum(threatSteps), at: instant, by: z.string(), reason: z.string().nullable() }),
    ),
  }),
  observables: z.array(observable),
  evidence: z.array(evidence),
  disclosures: z.array(disclosure),
  /** What this reader may do now, of what is about nothing that is there yet. */
  may: z.array(command),
  seq: z.int(),
});
export type SecurityView = z.infer<typeof securityView>;

export const readSecurity = endpoint({
  id: "readSecurity",
  method: "GET",
  path: "/api/v1/incidents/:id/security",
  tag: "security",
  access: "member",
  params: byIncident,
  success: 200,
  output: securityView,
  refusals: ["incident-unknown"],
});

/** STIX 2.1, for whoever shares them: what is marked red is left out, and a note in it says how many. */
export const exportObservables = endpoint({
  id: "exportObservables",
  method: "GET",
  path: "/api/v1/incidents/:id/security/observables",
  tag: "security",
  access: "member",
  params: byIncident,
  success: 200,
  output: z.looseObject({ type: z.literal("bundle"), id: z.string(), objects: z.array(z.looseObject({})) }),
  refusals: ["incident-unknown"],
});

/** What is handed over, with the hash of each thing in it and of the whole. For level 4 and more, once it is approved. */
export const readManifest = endpoint({
  id: "readManifest",
  method: "GET",
  path: "/api/v1/incidents/:id/security/manifest",
  tag: "security",
  access: "member",
  params: byIncident,
  query: z.strictObject({ disclosure: z.coerce.number().int().min(1).max(10_000) }),
  success: 200,
  output: z.looseObject({}),
  refusals: ["incident-unknown", "level-missing", "level-too-low", "disclosure-unknown", "disclosure-not-approved"],
});

const common: readonly RefusalCode[] = [
  ...(["incident-unknown", "level-too-low", "level-missing", "derogation-not-possible", "reason-required"] as const),
  ...(["occurred-in-future", "occurred-too-long-ago"] as const),
];
const ended: readonly RefusalCode[] = ["already-closed", "already-dismissed", "already-merged"];
const handed: readonly RefusalCode[] = ["evidence-unknown", "hand-over-none", "hand-over-not-yours"];

const ownRefusals: Readonly<Record<SecurityCommandName, readonly RefusalCode[]>> = {
  "declare-contained": ["threat-already", ...ended],
  "withdraw-contained": ["threat-not", ...ended],
  "declare-eradicated": ["threat-already", ...ended],
  "withdraw-eradicated": ["threat-not", ...ended],
  "add-observables": ["observable-invalid", "observable-known", "observables-full", "seen-out-of-order", "tlp-looser"],
  "change-observable": ["observable-unknown", "nothing-changes", "seen-out-of-order", "tlp-looser"],
  "register-evidence": ["attachment-unknown", "evidence-listed", "evidence-place", "evidence-list-full", "tlp-looser"],
  "verify-evidence": ["evidence-unknown", "evidence-no-file"],
  "hand-over-evidence": [
    ...(["evidence-unknown", "hand-over-open", "hand-over-not-yours", "hand-over-to", "hand-over-receipt"] as const),
    ...(["nothing-changes", "person-unknown", "person-inactive", "not-admitted"] as const),
  ],
  "receive-evidence": handed,
  "keep-evidence": handed,
  "hold-evidence": ["evidence-unknown", "hold-already"],
  "release-evidence": ["evidence-unknown", "hold-none"],
  "mark-evidence": ["evidence-unknown", "nothing-changes", "tlp-looser"],
  "add-note": ["tlp-looser"],
  "prepare-disclosure": ["disclosures-full", "disclosure-empty", "disclosure-content-unknown", "tlp-too-strict"],
  "approve-disclosure": ["disclosure-unknown", "disclosure-settled", "disclosure-own"],
  "withdraw-disclosure": ["disclosure-unknown", "disclosure-settled"],
};

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

export const securityEndpoints: readonly Endpoint[] = securityCommands.map((name) =>
  endpoint({
    id: camel(name),
    method: "POST",
    path: `/api/v1/incidents/:id/security/${name}`,
    tag: "security",
    access: "member",
    params: byIncident,
    body: securityBodies[name],
    success: 200,
    output: securityView,
    refusals: [...common, ...ownRefusals[name]],
  }),
);
