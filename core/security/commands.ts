/** Commands of the response to a security incident, each with its input. The contract's bodies parse into these; what the desk
 *  or the server finds for them is said of each. */

import type { EntryNamed, FileKept, Keeper } from "../incidents/security-events.ts";
import type {
  DisclosureLimit,
  ObservableKind,
  ObservableStatus,
  SecurityCommandName,
} from "../kernel/security-words.ts";
import type { Tlp } from "../kernel/vocabulary.ts";

type Marked = { readonly tlp?: Tlp | null | undefined };
type Seen = { readonly firstSeen?: string | null | undefined; readonly lastSeen?: string | null | undefined };

/** An entry of the record that may be handed over, with how far it may go. */
export type EntryFound = EntryNamed & { readonly tlp: Tlp | null };

export type SecurityInputs = {
  "declare-contained": { readonly text: string };
  "declare-eradicated": { readonly text: string };
  "withdraw-contained": Record<string, never>;
  "withdraw-eradicated": Record<string, never>;
  /** Without a kind, each is what it looks like. */
  "add-observables": Marked &
    Seen & {
      readonly values: readonly string[];
      readonly kind?: ObservableKind | undefined;
      readonly status?: ObservableStatus | undefined;
      readonly note?: string | null | undefined;
    };
  "change-observable": Marked &
    Seen & {
      readonly observable: number;
      readonly status?: ObservableStatus | undefined;
      readonly note?: string | null | undefined;
    };
  /** `file`: found by the server, of `attachment`. */
  "register-evidence": Marked & {
    readonly attachment?: string | undefined;
    readonly description: string;
    readonly place?: string | null | undefined;
    readonly collectedBy?: string | null | undefined;
    readonly collectedAt?: string | null | undefined;
    readonly source?: string | null | undefined;
    readonly how?: string | null | undefined;
    readonly file?: FileKept;
  };
  /** `found`: what the server reads of its bytes now. */
  "verify-evidence": {
    readonly evidence: number;
    readonly found?: { readonly sha256: string; readonly bytes: number };
  };
  /** `to`: found by the desk, of `person`; `name`: of somebody without an account, with what shows that they have it. */
  "hand-over-evidence": {
    readonly evidence: number;
    readonly person?: string | undefined;
    readonly name?: string | undefined;
    readonly place?: string | null | undefined;
    readonly receipt?: string | null | undefined;
    readonly to?: Keeper;
  };
  "receive-evidence": { readonly evidence: number; readonly text?: string | null | undefined };
  "keep-evidence": { readonly evidence: number };
  "hold-evidence": { readonly evidence: number };
  "release-evidence": { readonly evidence: number };
  "mark-evidence": { readonly evidence: number; readonly tlp: Tlp | null };
  "add-note": Marked & { readonly text: string };
  /** `found`: entries of the record by their numbers, as the server reads them. */
  "prepare-disclosure": {
    readonly to: string;
    readonly purpose: string;
    readonly limit: DisclosureLimit;
    readonly evidence: readonly number[];
    readonly observables: readonly number[];
    readonly entries: readonly number[];
    readonly found?: readonly EntryFound[];
  };
  "approve-disclosure": { readonly disclosure: number };
  "withdraw-disclosure": { readonly disclosure: number };
};

export type SecurityCommand = {
  [Name in SecurityCommandName]: { readonly name: Name; readonly input: SecurityInputs[Name] };
}[SecurityCommandName];
