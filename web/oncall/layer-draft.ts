/** A layer as a form holds it, and as it is sent. */
import type { z } from "zod";
import type { newSchedule } from "#contract/oncall.ts";
import type { HolidayRule } from "#core/oncall/holidays.ts";
import type { Schedule as View } from "../directory/queries.ts";

export type Turn = { readonly key: string; readonly person: string };
export type OpeningDraft = {
  readonly key: string;
  readonly days: readonly number[];
  readonly from: string;
  readonly until: string;
};
export type LayerDraft = {
  readonly key: string;
  readonly id: string | null;
  readonly name: string;
  readonly kind: "weekly" | "daily" | "hourly";
  readonly length: string;
  readonly zone: string;
  readonly startDate: string;
  readonly handoverTime: string;
  readonly participants: readonly Turn[];
  /** Null: always. */
  readonly openings: readonly OpeningDraft[] | null;
  /** Kept as they are. */
  readonly closedOn: readonly string[];
  /** Absent in a draft that was kept before there were any. */
  readonly holidays?: HolidayRule | null;
  readonly beginsAt: string | null;
};
type NewLayer = z.input<typeof newSchedule>["layers"][number];

/** Nobody on purpose, as opposed to nobody chosen yet. */
export const nobody = "nobody";
export const turn = (person: string): Turn => ({ key: crypto.randomUUID(), person });
export const newOpening = (): OpeningDraft => ({
  key: crypto.randomUUID(),
  days: [1, 2, 3, 4, 5],
  from: "09:00",
  until: "17:00",
});

/** Monday of this week: the first hand-over is behind us, so that somebody is on call at once. */
function monday(zone: string): string {
  const today = Temporal.Now.plainDateISO(zone);
  return today.subtract({ days: today.dayOfWeek - 1 }).toString();
}

export const newLayerDraft = (zone: string): LayerDraft => ({
  key: crypto.randomUUID(),
  id: null,
  name: "",
  kind: "weekly",
  length: "1",
  zone,
  startDate: monday(zone),
  handoverTime: "09:00",
  participants: [turn("")],
  openings: null,
  closedOn: [],
  holidays: null,
  beginsAt: null,
});

export function layerDraftOf({ id, name, rotation, restriction }: View["layers"][number]): LayerDraft {
  const { kind, zone, startDate, handoverTime } = rotation;
  const lengths = { weekly: "lengthWeeks", daily: "lengthDays", hourly: "lengthHours" } as const;
  const length = (rotation as unknown as Record<string, number>)[lengths[kind]] ?? 1;
  return {
    key: crypto.randomUUID(),
    id,
    name,
    kind,
    length: String(length),
    zone,
    startDate,
    handoverTime,
    participants: rotation.participants.map((person) => turn(person ?? nobody)),
    openings: restriction?.openings.map((one) => ({ key: crypto.randomUUID(), ...one })) ?? null,
    closedOn: restriction?.closedOn ?? [],
    holidays: restriction?.holidays ?? null,
    beginsAt: rotation.beginsAt ?? null,
  };
}

export function layerOfDraft(draft: LayerDraft): NewLayer {
  const zone = draft.zone.trim();
  const common = {
    zone,
    startDate: draft.startDate,
    handoverTime: draft.handoverTime,
    participants: draft.participants.map(({ person }) => (person === nobody ? null : person)),
    ...(draft.beginsAt !== null && { beginsAt: draft.beginsAt }),
  };
  const length = Number(draft.length);
  const rotation =
    draft.kind === "weekly"
      ? { ...common, kind: "weekly" as const, lengthWeeks: length }
      : draft.kind === "daily"
        ? { ...common, kind: "daily" as const, lengthDays: length }
        : { ...common, kind: "hourly" as const, lengthHours: length };
  return {
    ...(draft.id !== null && { id: draft.id }),
    name: draft.name.trim(),
    rotation,
    restriction:
      draft.openings === null
        ? null
        : {
            zone,
            openings: draft.openings.map(({ days, from, until }) => ({ days: [...days], from, until })),
            closedOn: [...draft.closedOn],
            ...(draft.holidays && { holidays: draft.holidays }),
          },
  };
}

/** What would be refused is not shown. */
export function isShowable({ zone, startDate, handoverTime, length, participants, openings }: LayerDraft): boolean {
  const count = Number(length);
  if (!Number.isInteger(count) || count < 1 || participants.length === 0) return false;
  if (participants.some(({ person }) => person === "")) return false;
  const times = [handoverTime, ...(openings ?? []).flatMap((one) => [one.from, one.until])];
  if (times.some((time) => !/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time))) return false;
  try {
    Temporal.PlainDate.from(startDate).toZonedDateTime(zone.trim());
    return true;
  } catch {
    return false;
  }
}
