/** What entries about the security of an incident say, with the values of their sentences. */
import { defanged, isObservableKind } from "#core/security/observables.ts";
import type { Values } from "#languages/messages.ts";

type Data = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
export const nameOf = (value: unknown): string | null => text((value as Data | null)?.name);
const mark = (value: unknown): string | null => text(value)?.toUpperCase() ?? null;

export const securityTellers: Readonly<Record<string, (data: Data) => Values>> = {
  "observation.noted": (data) => ({
    text: text(data.text),
    tlp: mark(data.tlp),
    source: text(data.source) ?? "none",
    sourceName: text(data.sourceName),
  }),
  "threat.contained": (data) => ({ text: text(data.text) }),
  "threat.eradicated": (data) => ({ text: text(data.text) }),
  "observable.added": ({ kind, value, note }) => ({
    value:
      typeof kind === "string" && isObservableKind(kind) ? defanged({ kind, value: String(value) }) : String(value),
    note: text(note),
  }),
  "observable.changed": (data) => ({ note: text(data.note) }),
  "evidence.registered": (data) => ({
    file: nameOf(data.file),
    sha256: text((data.file as Data | null)?.sha256),
    place: text(data.place),
  }),
  "evidence.handed-over": (data) => ({
    from: nameOf(data.from),
    to: nameOf(data.to),
    place: text(data.place),
    receipt: text(data.receipt),
  }),
  "evidence.received": (data) => ({ to: nameOf(data.to), text: text(data.text) }),
  "evidence.kept": (data) => ({ to: nameOf(data.to) }),
  "evidence.marked": (data) => ({ tlp: mark(data.tlp) }),
  "disclosure.prepared": (data) => ({ limit: mark(data.limit) }),
};
