/** Facts about what contributors are asked by a link. Their names and addresses stand in the data, where a purge reaches them. */
import type { ContributionKind, Language } from "../kernel/vocabulary.ts";

/** `choice`: of those offered; `yes`, `no`, `partly`, `done`, `cannot` where the kind offers them. */
export type ContributionAnswer = {
  readonly choice: string | null;
  readonly text: string | null;
  readonly attachmentId: string | null;
  /** Its name. */
  readonly file: string | null;
};

type Of<More = unknown> = { number: number; name: string } & More;

export type ContributionEvent =
  | {
      type: "contribution.asked";
      /** `from`, `by`: handed on, of which ask and by whom. */
      data: Of<{
        kind: ContributionKind;
        text: string;
        context: string | null;
        choices: string[];
        address: string;
        language: Language;
        personId: string | null;
        /** They own a service that it concerns. */
        owns?: true;
        until: string;
        forwardable: boolean;
        everyHours: number;
        reminders: number;
        from?: number;
        by?: string;
        /** Of what was asked of a supplier. */
        engagement?: number;
      }>;
    }
  /** Taken by the mail server, which is not yet delivered. */
  | { type: "contribution.sent"; data: Of }
  /** Its link was given to somebody of the desk, to be carried another way. */
  | { type: "contribution.linked"; data: Of }
  | { type: "contribution.failed"; data: Of<{ error: string }> }
  | { type: "contribution.opened"; data: Of }
  | {
      type: "contribution.answered";
      data: Of<{
        kind: ContributionKind;
        choice: string | null;
        text: string | null;
        attachmentId: string | null;
        file: string | null;
        correction: boolean;
      }>;
    }
  /** Not for them. */
  | { type: "contribution.declined"; data: Of<{ text: string | null }> }
  /** `as`: the number of what it became. */
  | { type: "contribution.forwarded"; data: Of<{ as: number; toName: string; text: string | null }> }
  | { type: "contribution.reminded"; data: Of<{ byItself: boolean }> }
  | { type: "contribution.unanswered"; data: Of<{ told: string | null }> }
  /** `over`: the incident is. */
  | { type: "contribution.revoked"; data: Of<{ because: "revoked" | "over" }> }
  | { type: "contribution.expired"; data: Of<{ told: string | null }> };
