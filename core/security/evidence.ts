/** The register of evidence: a file that is attached, or a thing and where it is; who keeps it, from hand to hand, each taking it
 *  in their own name; whether its bytes are still those that arrived; what must not go.
 *  Sources: ISO/IEC 27037:2012 (chain of custody); the reading of the seed on information security incidents. */
import { futureToleranceMinutes } from "../incidents/acting.ts";
import type { IncidentEvent } from "../incidents/events.ts";
import { type EvidenceItem, noSecurity, openHandOver } from "../incidents/security-state.ts";
import type { IncidentState } from "../incidents/state.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { minuteMs, parseIso, toIso } from "../kernel/time.ts";
import type { Actor } from "../kernel/vocabulary.ts";
import type { SecurityCommand, SecurityInputs } from "./commands.ts";
import { hasLevel, overseesCustodyFrom } from "./permission.ts";
import { refuseLooser } from "./tlp.ts";

export const evidenceMax = 100;

const names = [
  "register-evidence",
  "verify-evidence",
  "hand-over-evidence",
  "receive-evidence",
  "keep-evidence",
  "hold-evidence",
  "release-evidence",
  "mark-evidence",
] as const;
export type EvidenceCommand = Extract<SecurityCommand, { name: (typeof names)[number] }>;

export const isAboutEvidence = (command: SecurityCommand): command is EvidenceCommand =>
  names.some((name) => name === command.name);

type Outcome = IncidentEvent[] | Refusal;

export function decideEvidence(state: IncidentState, command: EvidenceCommand, envelope: Envelope): Outcome {
  if (command.name === "register-evidence") return register(state, command.input, envelope);
  const one = found(state, command.input.evidence);
  if (isRefusal(one)) return one;
  const { number } = one;
  switch (command.name) {
    case "verify-evidence":
      return verify(one, command.input);
    case "hand-over-evidence":
      return handOver(one, command.input, envelope.actor);
    case "receive-evidence":
      return receive(one, command.input, envelope.actor);
    case "keep-evidence":
      return keep(one, envelope.actor);
    case "hold-evidence":
      return one.hold ? refuse("hold-already", { number }) : [{ type: "evidence.held", data: { number } }];
    case "release-evidence":
      return one.hold ? [{ type: "evidence.released", data: { number } }] : refuse("hold-none", { number });
    case "mark-evidence":
      return mark(state, one, command.input);
  }
}

function found(state: IncidentState, number: number): EvidenceItem | Refusal {
  const one = (state.security ?? noSecurity).evidence.find((each) => each.number === number);
  return one ?? refuse("evidence-unknown", { number });
}

function register(state: IncidentState, input: SecurityInputs["register-evidence"], envelope: Envelope): Outcome {
  const { evidence } = state.security ?? noSecurity;
  const { file, tlp = null, collectedAt = null } = input;
  if (input.attachment !== undefined && file === undefined) return refuse("attachment-unknown");
  const same = evidence.find((one) => file !== undefined && one.file?.attachmentId === file.attachmentId);
  if (same) return refuse("evidence-listed", { number: same.number });
  if (file === undefined && !input.place?.trim()) return refuse("evidence-place");
  if (evidence.length >= evidenceMax) return refuse("evidence-list-full", { max: evidenceMax });
  const at = collectedAt === null ? envelope.at : (parseIso(collectedAt) ?? envelope.at);
  if (at > envelope.at + futureToleranceMinutes * minuteMs) return refuse("occurred-in-future");
  const looser = refuseLooser(state, tlp);
  if (looser) return looser;
  const { id, name } = envelope.actor;
  return [
    {
      type: "evidence.registered",
      data: {
        number: evidence.length + 1,
        file: file ?? null,
        description: input.description,
        place: input.place ?? null,
        collectedBy: input.collectedBy ?? name,
        collectedAt: toIso(at),
        source: input.source ?? null,
        how: input.how ?? null,
        tlp,
        keeper: { id, name },
      },
    },
  ];
}

/** What it finds is an entry either way: that a file is no longer what arrived has to be known. */
function verify({ number, file }: EvidenceItem, { found: now }: SecurityInputs["verify-evidence"]): Outcome {
  if (file === null || now === undefined) return refuse("evidence-no-file", { number });
  const matches = now.sha256 === file.sha256 && now.bytes === file.bytes;
  return [{ type: "evidence.verified", data: { number, ...now, matches } }];
}

const isKeeper = ({ keeper }: EvidenceItem, { id }: Actor): boolean => id !== null && keeper.id === id;
const oversees = (actor: Actor): boolean => hasLevel(actor, overseesCustodyFrom);

function handOver(one: EvidenceItem, input: SecurityInputs["hand-over-evidence"], actor: Actor): Outcome {
  const { number, keeper } = one;
  const waits = openHandOver(one);
  if (waits) return refuse("hand-over-open", { number, name: waits.to.name });
  if (!isKeeper(one, actor) && !oversees(actor)) return refuse("hand-over-not-yours", { name: keeper.name });
  const { place = null, receipt = null, name } = input;
  const to = input.to ?? (name ? { id: null, name } : null);
  if (to === null) return refuse("hand-over-to");
  if (to.id !== null && to.id === keeper.id) return refuse("nothing-changes");
  /* Whoever has an account says it in their own name. */
  if (to.id === null && !receipt?.trim()) return refuse("hand-over-receipt");
  const shown = to.id === null ? receipt : null;
  return [{ type: "evidence.handed-over", data: { number, from: keeper, to, place, receipt: shown } }];
}

function receive(one: EvidenceItem, { text = null }: SecurityInputs["receive-evidence"], actor: Actor): Outcome {
  const { number } = one;
  const waits = openHandOver(one);
  if (!waits) return refuse("hand-over-none", { number });
  if (actor.id === null || waits.to.id !== actor.id) return refuse("hand-over-not-yours", { name: waits.to.name });
  return [{ type: "evidence.received", data: { number, to: waits.to, text } }];
}

/** Given up by whoever keeps it, or declined by whoever was to receive it. */
function keep(one: EvidenceItem, actor: Actor): Outcome {
  const { number, keeper } = one;
  const waits = openHandOver(one);
  if (!waits) return refuse("hand-over-none", { number });
  const theirs = isKeeper(one, actor) || (actor.id !== null && waits.to.id === actor.id);
  if (!theirs && !oversees(actor)) return refuse("hand-over-not-yours", { name: keeper.name });
  return [{ type: "evidence.kept", data: { number, to: keeper } }];
}

function mark(state: IncidentState, one: EvidenceItem, { tlp }: SecurityInputs["mark-evidence"]): Outcome {
  if (tlp === one.tlp) return refuse("nothing-changes");
  const { number, tlp: was } = one;
  return refuseLooser(state, tlp) ?? [{ type: "evidence.marked", data: { number, tlp, was } }];
}

/** What this person may do with it now. */
export function mayWith(
  one: EvidenceItem,
  actor: Actor,
  allowed: (name: EvidenceCommand["name"]) => boolean,
): EvidenceCommand["name"][] {
  const waits = openHandOver(one);
  const mine = isKeeper(one, actor) || oversees(actor);
  const named = waits !== undefined && actor.id !== null && waits.to.id === actor.id;
  const possible: Partial<Record<EvidenceCommand["name"], boolean>> = {
    "verify-evidence": one.file !== null,
    "hand-over-evidence": !waits && mine,
    "receive-evidence": named,
    "keep-evidence": waits !== undefined && (mine || named),
    "hold-evidence": !one.hold,
    "release-evidence": one.hold !== undefined,
    "mark-evidence": true,
  };
  return names.filter((name) => possible[name] && allowed(name));
}
