/** Suppliers and partners: what they hold up, what their contract promises and by which hours, and whom to call, in which order,
 *  when it is not kept. Never deleted: what was asked of one stays readable. */
import type { Language, Priority } from "../kernel/vocabulary.ts";

export const supplierKinds = ["supplier", "partner"] as const;
export type SupplierKind = (typeof supplierKinds)[number];

/** What a contract promises from when they are asked: that they answer, and that it works again. */
export const supplierClocks = ["respond", "restore"] as const;
export type SupplierClock = (typeof supplierClocks)[number];

export type ContractTarget = {
  readonly clock: SupplierClock;
  /** Absent: for every priority. */
  readonly priorities?: readonly Priority[] | undefined;
  readonly minutes: number;
  /** Counted in their support hours, and not by the clock on the wall. */
  readonly inHours: boolean;
};

export type SupplierContact = {
  readonly name: string;
  readonly role: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: Language;
  /** Proposed so long after they were asked, while nobody of theirs has answered; 0 for whoever is asked first. */
  readonly afterMinutes: number;
};

export type Supplier = {
  readonly id: string;
  readonly name: string;
  readonly kind: SupplierKind;
  readonly language: Language;
  /** As both of them call it. */
  readonly contract: string | null;
  /** Ids of the services that they hold up. */
  readonly services: readonly string[];
  /** Their support hours; null: at any hour. */
  readonly calendar: string | null;
  readonly targets: readonly ContractTarget[];
  /** In the order in which they are called. */
  readonly contacts: readonly SupplierContact[];
  readonly note: string | null;
  /** No longer called on; what was asked of it stays. */
  readonly retired: boolean;
};

export const suppliersMax = 500;
export const contactsMax = 10;
export const contractTargetsMax = 20;
export const contractMinutesMax = 365 * 24 * 60;

export type SupplierFault = {
  /** `twice`: two targets for the same thing; `contact`: nothing to reach them by; `order`: called sooner than the one before;
   *  `hours`: counted in hours that it has not. */
  readonly fault: "twice" | "contact" | "order" | "hours";
  /** Which, from 1. */
  readonly place: number;
};

const all: readonly Priority[] = [1, 2, 3, 4, 5];

/** What no shape can say; null: it may be kept. */
export function supplierFault({
  targets,
  contacts,
  calendar,
}: Pick<Supplier, "targets" | "contacts" | "calendar">): SupplierFault | null {
  const taken = new Set<string>();
  for (const [index, { clock, priorities = all, inHours }] of targets.entries()) {
    if (inHours && calendar === null) return { fault: "hours", place: index + 1 };
    for (const priority of priorities) {
      if (taken.has(`${clock} ${priority}`)) return { fault: "twice", place: index + 1 };
      taken.add(`${clock} ${priority}`);
    }
  }
  for (const [index, { email, phone, afterMinutes }] of contacts.entries()) {
    if (email === null && phone === null) return { fault: "contact", place: index + 1 };
    if (afterMinutes < (contacts[index - 1]?.afterMinutes ?? 0)) return { fault: "order", place: index + 1 };
  }
  return null;
}
