/** Observables as they may be taken away: what is marked TLP:RED stays. */
import type { Tlp } from "#core/kernel/vocabulary.ts";
import { effectiveTlp } from "#core/security/tlp.ts";
import { csvOf } from "#languages/csv.ts";
import type { Observable } from "./queries.ts";
import type { Say } from "./words.ts";

export const isShareable = (one: Pick<Observable, "tlp">, ofIncident: Tlp | null): boolean =>
  effectiveTlp(one.tlp, ofIncident) !== "red";

const columns = ["number", "kind", "value", "defanged", "status", "tlp", "first", "last", "note"] as const;

export function observablesCsv(all: readonly Observable[], ofIncident: Tlp | null, say: Say): string {
  const rows = all.map((one) => [
    String(one.number),
    say(`kind.${one.kind}`),
    one.value,
    one.defanged,
    say(`status.${one.status}`),
    effectiveTlp(one.tlp, ofIncident)?.toUpperCase() ?? "",
    one.firstSeen ?? "",
    one.lastSeen ?? "",
    one.note ?? "",
  ]);
  return csvOf([columns.map((name) => say(`csv.${name}`)), ...rows]);
}
