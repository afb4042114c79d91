/** Facts of the response to a security incident: in the record of the incident, like all others. */
import type { DisclosureLimit, ObservableKind, ObservableStatus, ThreatStep } from "../kernel/security-words.ts";
import type { Tlp } from "../kernel/vocabulary.ts";

/** Null id: somebody without an account here. */
export type Keeper = { readonly id: string | null; readonly name: string };

export type FileKept = {
  readonly attachmentId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Of the content, as it was when it arrived. */
  readonly sha256: string;
};

export type EntryNamed = { readonly seq: number; readonly hash: string };

export type SecurityEvent =
  /** `text`: what was done for it. */
  | { type: "threat.contained"; data: { text: string | null } }
  | { type: "threat.eradicated"; data: { text: string | null } }
  /** It proved false, or is so no longer: the stamp has the reason. */
  | { type: "threat.reopened"; data: { was: ThreatStep } }
  | {
      type: "observable.added";
      data: {
        number: number;
        kind: ObservableKind;
        value: string;
        status: ObservableStatus;
        note: string | null;
        tlp: Tlp | null;
        firstSeen: string | null;
        lastSeen: string | null;
      };
    }
  /** All of it as it is from now on; `was`: its status before. */
  | {
      type: "observable.changed";
      data: {
        number: number;
        was: ObservableStatus;
        status: ObservableStatus;
        note: string | null;
        tlp: Tlp | null;
        firstSeen: string | null;
        lastSeen: string | null;
      };
    }
  | {
      type: "evidence.registered";
      data: {
        number: number;
        /** Null: a thing, which is where `place` says. */
        file: FileKept | null;
        description: string;
        place: string | null;
        collectedBy: string;
        collectedAt: string;
        source: string | null;
        how: string | null;
        tlp: Tlp | null;
        keeper: Keeper;
      };
    }
  /** What its bytes give now. */
  | { type: "evidence.verified"; data: { number: number; sha256: string; bytes: number; matches: boolean } }
  /** `receipt`: what shows that somebody without an account received it; for others it waits until they say so. */
  | {
      type: "evidence.handed-over";
      data: { number: number; from: Keeper; to: Keeper; place: string | null; receipt: string | null };
    }
  | { type: "evidence.received"; data: { number: number; to: Keeper; text: string | null } }
  /** It was not handed over after all. */
  | { type: "evidence.kept"; data: { number: number; to: Keeper } }
  | { type: "evidence.held"; data: { number: number } }
  | { type: "evidence.released"; data: { number: number } }
  | { type: "evidence.marked"; data: { number: number; tlp: Tlp | null; was: Tlp | null } }
  | {
      type: "disclosure.prepared";
      data: {
        number: number;
        to: string;
        purpose: string;
        limit: DisclosureLimit;
        evidence: number[];
        observables: number[];
        entries: EntryNamed[];
      };
    }
  | { type: "disclosure.approved"; data: { number: number; to: string } }
  | { type: "disclosure.withdrawn"; data: { number: number; to: string } };
