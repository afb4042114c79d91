/** Adds and changes what was seen of an attack. */
import { futureToleranceMinutes } from "../incidents/acting.ts";
import type { IncidentEvent } from "../incidents/events.ts";
import { noSecurity, type Observable } from "../incidents/security-state.ts";
import type { IncidentState } from "../incidents/state.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { SecurityInputs } from "./commands.ts";
import { guessedKind, normalised, type Observed } from "./observables.ts";
import { refuseLooser } from "./tlp.ts";

/** Of one incident: beyond this, a list belongs in a file. */
export const observablesMax = 300;

export function addObservables(
  state: IncidentState,
  input: SecurityInputs["add-observables"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  const { observables } = state.security ?? noSecurity;
  const { status = "suspected", note = null, tlp = null, firstSeen = null, lastSeen = null } = input;
  const refused = refuseLooser(state, tlp) ?? refuseSeen({ firstSeen, lastSeen }, envelope);
  if (refused) return refused;
  const found: Observed[] = [];
  let known: Observable | undefined;
  for (const raw of input.values) {
    const kind = input.kind ?? guessedKind(raw);
    const value = normalised(kind, raw);
    if (value === null) return refuse("observable-invalid", { kind, value: raw.slice(0, 80) });
    const same = (one: Observed): boolean => one.kind === kind && one.value === value;
    known ??= observables.find(same);
    if (!observables.some(same) && !found.some(same)) found.push({ kind, value });
  }
  if (found.length === 0) return refuse("observable-known", { number: known?.number ?? 0 });
  if (observables.length + found.length > observablesMax) return refuse("observables-full", { max: observablesMax });
  const from = observables.length + 1;
  return found.map((one, index) => ({
    type: "observable.added",
    data: { number: from + index, ...one, status, note, tlp, firstSeen, lastSeen },
  }));
}

export function changeObservable(
  state: IncidentState,
  { observable: number, ...input }: SecurityInputs["change-observable"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  const one = (state.security ?? noSecurity).observables.find((each) => each.number === number);
  if (!one) return refuse("observable-unknown", { number });
  const before = { firstSeen: isoOr(one.firstSeen), lastSeen: isoOr(one.lastSeen) };
  const now = {
    status: input.status ?? one.status,
    note: input.note === undefined ? one.note : input.note,
    tlp: input.tlp === undefined ? one.tlp : input.tlp,
    firstSeen: input.firstSeen === undefined ? before.firstSeen : input.firstSeen,
    lastSeen: input.lastSeen === undefined ? before.lastSeen : input.lastSeen,
  };
  const refused = refuseLooser(state, now.tlp) ?? refuseSeen(now, envelope);
  if (refused) return refused;
  const same =
    now.status === one.status &&
    now.note === one.note &&
    now.tlp === one.tlp &&
    parsed(now.firstSeen) === one.firstSeen &&
    parsed(now.lastSeen) === one.lastSeen;
  if (same) return refuse("nothing-changes");
  return [{ type: "observable.changed", data: { number, was: one.status, ...now } }];
}

const isoOr = (at: Instant | null): string | null => (at === null ? null : toIso(at));
const parsed = (text: string | null): Instant | null => (text === null ? null : (parseIso(text) ?? null));

type Seen = { readonly firstSeen: string | null; readonly lastSeen: string | null };

function refuseSeen({ firstSeen, lastSeen }: Seen, { at }: Envelope): Refusal | null {
  const [first, last] = [parsed(firstSeen), parsed(lastSeen)];
  const latest = at + futureToleranceMinutes * minuteMs;
  if ((first ?? at) > latest || (last ?? at) > latest) return refuse("occurred-in-future");
  return first !== null && last !== null && first > last ? refuse("seen-out-of-order") : null;
}
