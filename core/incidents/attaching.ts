/** A file attached to an incident: what may be, what it is called, and the fact that says so. Whoever may add an observation
 *  may attach, whatever their level, after the end too. */
import { can } from "../access/can.ts";
import { cleanTitle } from "../intake/text.ts";
import { isRefusal, type Refusal } from "../kernel/refusal.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import { guardDates } from "./acting.ts";
import { accessFacts } from "./decide.ts";
import type { EventOf, IncidentFact } from "./events.ts";
import type { IncidentState } from "./state.ts";

/** Bytes: a film of a screen, the log of a day. */
export const attachmentBytesMax = 25 * 1024 * 1024;
export const incidentBytesMax = 200 * 1024 * 1024;
export const incidentAttachmentsMax = 100;
/** In characters: every file system takes it. */
export const fileNameMax = 120;

export type Attached = EventOf<"attachment.added">["data"];

export function attachFile(
  state: IncidentState,
  attachment: Attached,
  envelope: Envelope,
): readonly IncidentFact[] | Refusal {
  const permission = can("add-observation", envelope.actor, accessFacts(state));
  if (isRefusal(permission)) return permission;
  const refused = guardDates(envelope);
  if (refused) return refused;
  return stampAll([{ type: "attachment.added", data: attachment }], stampOf(envelope, null, false));
}

/** Reserved by one file system or another, or read as a path, a drive or a stream. */
const reserved = /[<>:"|?*]/g;
/** Names of devices, whatever their extension. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Direction marks and what no eye sees: they make `exe.gnp` read `png.exe`, and the other way round. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** A name to save a file under, and nothing else: no path, no line break, no hidden or device name. Null when nothing is
 *  left of it. */
export function fileNameOf(raw: string): string | null {
  const last = raw.slice(0, 4_000).split(/[/\\]/).at(-1) ?? "";
  const name = cleanTitle(last.replace(unseen, ""))
    .text.replace(reserved, "_")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  if (name === "") return null;
  return shortened(device.test(name) ? `_${name}` : name);
}

/** The extension stays: it says what opens it. */
function shortened(name: string): string {
  const letters = [...name];
  if (letters.length <= fileNameMax) return name;
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? "";
  return letters.slice(0, fileNameMax - [...extension].length).join("") + extension;
}
