/** Facts about what suppliers are asked on an incident. Names and addresses of people stand in the data, where a purge reaches them. */
import type { SupplierClock, SupplierKind } from "../directory/suppliers.ts";
import type { ContactReason } from "../kernel/supplier-words.ts";
import type { Language, Priority } from "../kernel/vocabulary.ts";

/** As the contract said it when they were asked. `calendar`: null is the clock on the wall. */
export type EngagementTarget = {
  readonly clock: SupplierClock;
  readonly priorities?: readonly Priority[] | undefined;
  readonly minutes: number;
  readonly calendar: string | null;
};

/** `name`: of the supplier. */
type Of<More = unknown> = { number: number; name: string } & More;
type Said = Of<{ text: string | null; byLink: boolean }>;
type Measured = Of<{ clock: SupplierClock; minutes: number; calendar: string | null; due: string | null }>;

export type EngagementEvent =
  | {
      type: "supplier.asked";
      /** `open`: whether they answer at this hour. `opens`: when they next do. */
      data: Of<{
        supplier: string;
        kind: SupplierKind;
        language: Language;
        contract: string | null;
        text: string;
        targets: EngagementTarget[];
        open: boolean;
        opens: string | null;
      }>;
    }
  | { type: "supplier.acknowledged"; data: Said & { ticket: string | null } }
  /** What they call it; `was`: before. */
  | { type: "supplier.ticketed"; data: Of<{ ticket: string; was: string | null; byLink: boolean }> }
  | { type: "supplier.working"; data: Said }
  /** They say so: whether it is restored is for whoever coordinates to say. */
  | { type: "supplier.restored"; data: Said }
  | { type: "supplier.declined"; data: Said }
  /** `over`: the incident is. */
  | { type: "supplier.closed"; data: Of<{ text: string | null; because: "closed" | "over" }> }
  | { type: "supplier.warned"; data: Measured & { share: number } }
  | { type: "supplier.missed"; data: Measured }
  /** Whom to call next, and why now: nobody has been called yet. */
  | {
      type: "supplier.contact-proposed";
      data: Of<{ order: number; contact: string; role: string; because: ContactReason }>;
    }
  /** `how`: by a letter of the desk, or by telephone by whoever says so. */
  | {
      type: "supplier.called";
      data: Of<{ order: number; contact: string; role: string; how: "letter" | "phone"; phone: string | null }>;
    };
