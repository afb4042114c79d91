/** A supplier as it is being written. */
import type { SupplierClock, SupplierKind } from "#core/directory/suppliers.ts";
import type { Language, Priority } from "#core/kernel/vocabulary.ts";
import type { SupplierBody, SupplierView } from "./queries.ts";

export type TargetDraft = {
  readonly key: string;
  readonly clock: SupplierClock;
  readonly minutes: string;
  /** None stands for all. */
  readonly priorities: readonly string[];
  readonly inHours: boolean;
};
export type ContactDraft = {
  readonly key: string;
  readonly name: string;
  readonly role: string;
  readonly email: string;
  readonly phone: string;
  readonly language: Language;
  readonly after: string;
};
export type Draft = {
  readonly name: string;
  readonly kind: SupplierKind;
  readonly language: Language;
  readonly contract: string;
  readonly calendar: string;
  readonly services: readonly string[];
  readonly targets: readonly TargetDraft[];
  readonly contacts: readonly ContactDraft[];
  readonly note: string;
  readonly retired: boolean;
};

let made = 0;
const newKey = (): string => `new-${++made}`;

export const newTarget = (): TargetDraft => ({
  ...{ key: newKey(), clock: "respond", minutes: "60", priorities: [], inHours: true },
});
export const newContact = (language: Language): ContactDraft => ({
  ...{ key: newKey(), name: "", role: "", email: "", phone: "", language, after: "0" },
});

/** A new one reads what whoever writes it down reads, until they say otherwise. */
export function draftOf(supplier: SupplierView | undefined, own: Language): Draft {
  if (!supplier)
    return {
      ...{ name: "", kind: "supplier", language: own, contract: "", calendar: "", note: "", retired: false },
      ...{ services: [], targets: [], contacts: [newContact(own)] },
    };
  const { name, kind, language, contract, calendar, services, targets, contacts, note, retired } = supplier;
  return {
    ...{ name, kind, language, services, retired },
    ...{ contract: contract ?? "", calendar: calendar ?? "", note: note ?? "" },
    targets: targets.map(({ minutes, priorities = [], ...same }) => ({
      ...{ ...same, key: newKey(), minutes: String(minutes), priorities: priorities.map(String) },
    })),
    contacts: contacts.map(({ email, phone, afterMinutes, ...same }) => ({
      ...{ ...same, key: newKey(), email: email ?? "", phone: phone ?? "", after: String(afterMinutes) },
    })),
  };
}

export function bodyOf(draft: Draft, changes: boolean): SupplierBody & { retired?: boolean } {
  const { name, kind, language, services } = draft;
  const calendar = draft.calendar || null;
  return {
    ...{ name: name.trim(), kind, language, calendar, services: [...services] },
    contract: draft.contract.trim() || null,
    note: draft.note.trim() || null,
    targets: draft.targets.map(({ clock, minutes, priorities, inHours }) => ({
      ...{ clock, minutes: Math.round(Number(minutes)), inHours: inHours && calendar !== null },
      ...(priorities.length > 0 && { priorities: priorities.map((one) => Number(one) as Priority) }),
    })),
    contacts: draft.contacts.map((one) => ({
      ...{ name: one.name.trim(), role: one.role.trim(), language: one.language },
      ...{ email: one.email.trim() || null, phone: one.phone.trim() || null },
      afterMinutes: Math.round(Number(one.after)),
    })),
    ...(changes && { retired: draft.retired }),
  };
}
