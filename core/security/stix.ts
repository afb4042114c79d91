/** Observables as STIX 2.1 has them, for whoever shares them: an object for each, an indicator that says how sure we are, and the
 *  marks of TLP 2.0. Ids are made from what they are of, so that the same thing has the same id each time.
 *  Sources: OASIS STIX 2.1 (2021) §2.9, §4.7, §6, §10; OASIS common objects, TLP 2.0 (2022). */

import type { Observable } from "../incidents/security-state.ts";
import { canonicalJson } from "../kernel/hash.ts";
import { namedId } from "../kernel/named-id.ts";
import { toIso } from "../kernel/time.ts";
import type { Instant, Json, JsonObject, Tlp } from "../kernel/vocabulary.ts";
import { hashName } from "./observables.ts";
import { effectiveTlp } from "./tlp.ts";

/** Of ids that are made from content. */
const namespace = "00abedb4-aa42-466c-9c01-fed23315a9b7";

const idOf = (type: string, of: Json): string => `${type}--${namedId(namespace, canonicalJson(of))}`;

const markings: Readonly<Record<Tlp, string>> = {
  clear: "94868c89-83c2-464b-929b-a1a8aa3c8487",
  green: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
  amber: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
  "amber+strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
  red: "e828b379-4e03-4974-9ac4-e53a884c97c1",
};
const markingId = (tlp: Tlp): string => `marking-definition--${markings[tlp]}`;
const tlpExtension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

const markingOf = (tlp: Tlp): JsonObject => ({
  type: "marking-definition",
  spec_version: "2.1",
  id: markingId(tlp),
  created: "2022-10-01T00:00:00.000Z",
  name: `TLP:${tlp.toUpperCase()}`,
  extensions: { [tlpExtension]: { extension_type: "property-extension", tlp_2_0: tlp } },
});

/** What identifies it, and how it is asked for. What the standard has no name for is a note alone. */
function seenAs({ kind, value }: Observable): { readonly type: string; readonly of: JsonObject; readonly at: string } {
  switch (kind) {
    case "ip":
      return { type: value.includes(":") ? "ipv6-addr" : "ipv4-addr", of: { value }, at: "value" };
    case "domain":
    case "host":
      return { type: "domain-name", of: { value }, at: "value" };
    case "url":
      return { type: "url", of: { value }, at: "value" };
    case "email":
      return { type: "email-addr", of: { value }, at: "value" };
    case "hash": {
      const name = hashName(value) ?? "SHA-256";
      return { type: "file", of: { hashes: { [name]: value } }, at: `hashes.'${name}'` };
    }
    case "account":
      return { type: "user-account", of: { account_login: value }, at: "account_login" };
    case "other":
      return { type: "x-tocsin-observable", of: { value }, at: "value" };
  }
}

const quoted = (value: string): string => value.replaceAll("\\", "\\\\").replaceAll("'", "\\'");

const typeOf = { suspected: "anomalous-activity", confirmed: "malicious-activity", benign: "benign" } as const;

type Shared = {
  readonly number: string;
  readonly tlp: Tlp | null;
  readonly observables: readonly Observable[];
  /** What is said of those that are left out. */
  readonly leftOut: (count: number) => string;
};

export type Bundle = {
  readonly type: "bundle";
  readonly id: string;
  readonly objects: readonly JsonObject[];
  readonly x_tocsin_left_out: number;
};

export const isShared = (one: Observable, ofIncident: Tlp | null): boolean =>
  effectiveTlp(one.tlp, ofIncident) !== "red";

/** Red stays with those who are named: it is in nothing that can be passed on. */
export function stixBundle({ number, tlp, observables, leftOut }: Shared, at: Instant): Bundle {
  const shared = observables.filter((one) => isShared(one, tlp));
  const missing = observables.length - shared.length;
  const objects = shared.flatMap((one) => objectsOf(number, one, effectiveTlp(one.tlp, tlp)));
  const marks = [...new Set(shared.map((one) => effectiveTlp(one.tlp, tlp)))].filter((one) => one !== null);
  const said = missing > 0 && objects.length > 0 ? [noteOf(number, { at, objects, text: leftOut(missing) })] : [];
  return {
    type: "bundle",
    id: idOf("bundle", { number, at: toIso(at) }),
    objects: [...marks.map(markingOf), ...objects, ...said],
    x_tocsin_left_out: missing,
  };
}

function objectsOf(number: string, one: Observable, tlp: Tlp | null): JsonObject[] {
  const { type, of, at } = seenAs(one);
  const marked = tlp === null ? {} : { object_marking_refs: [markingId(tlp)] };
  const created = toIso(one.at);
  const modified = toIso(one.changed?.at ?? one.at);
  return [
    { type, spec_version: "2.1", id: idOf(type, of), ...of, ...marked },
    {
      type: "indicator",
      spec_version: "2.1",
      id: idOf("indicator", { number, type, of }),
      created,
      modified,
      name: one.value.slice(0, 200),
      ...(one.note && { description: one.note }),
      indicator_types: [typeOf[one.status]],
      pattern: `[${type}:${at} = '${quoted(one.value)}']`,
      pattern_type: "stix",
      valid_from: toIso(one.firstSeen ?? one.at),
      external_references: [{ source_name: "Tocsin", external_id: number }],
      ...marked,
    },
  ];
}

type Said = { readonly at: Instant; readonly objects: readonly JsonObject[]; readonly text: string };

const noteOf = (number: string, { at, objects, text }: Said): JsonObject => ({
  type: "note",
  spec_version: "2.1",
  id: idOf("note", { number, text }),
  created: toIso(at),
  modified: toIso(at),
  content: text,
  object_refs: objects.map(({ id }) => String(id)),
});
