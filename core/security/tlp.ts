/** Traffic Light Protocol of what stands in an incident: its own mark, never looser than that of the incident.
 *  Source: FIRST TLP 2.0 (2022). */
import type { IncidentState } from "../incidents/state.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import { type Tlp, tlps } from "../kernel/vocabulary.ts";

/** Unmarked is looser than any mark. */
const strictness = (tlp: Tlp | null): number => (tlp === null ? -1 : tlps.indexOf(tlp));

export const isStricter = (one: Tlp | null, other: Tlp | null): boolean => strictness(one) > strictness(other);

/** As it is to be treated: the stricter of both. */
export const effectiveTlp = (own: Tlp | null, ofIncident: Tlp | null): Tlp | null =>
  isStricter(own, ofIncident) ? own : ofIncident;

export const refuseLooser = (
  { tlp = null }: Pick<IncidentState, "tlp">,
  own: Tlp | null | undefined,
): Refusal | null => (own && isStricter(tlp, own) ? refuse("tlp-looser", { tlp: tlp?.toUpperCase() ?? "" }) : null);
