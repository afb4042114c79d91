/** What is to be said to a person, before any channel puts it in its own form. */
import type { Locale } from "../../core/kernel/vocabulary.ts";
import type { AssistanceNewsView } from "./assistance-words.ts";
import type { CoverView } from "./cover-words.ts";
import type { DigestView } from "./digest-words.ts";
import type { HolesView } from "./hole-news.ts";
import type { NoticeView, PageView } from "./mails.ts";

export type Content =
  | { readonly kind: "page"; readonly view: PageView; readonly incidentId: string; readonly notAfter: string }
  | { readonly kind: "notice"; readonly view: NoticeView; readonly incidentId: string }
  /** Proves that somebody reads what is sent there. */
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "test"; readonly receivedUrl: string }
  /** Somebody asks that their turn be taken, and what becomes of it. */
  | { readonly kind: "cover"; readonly view: CoverView }
  /** Help that is asked of somebody, and what becomes of it. */
  | { readonly kind: "assistance"; readonly view: AssistanceNewsView }
  /** Times to come at which nobody would be reached. */
  | { readonly kind: "holes"; readonly view: HolesView }
  /** What was held back for this person, as it stands by now. */
  | { readonly kind: "digest"; readonly view: DigestView }
  /** A contact point that was switched off by what its receiver answered. */
  | { readonly kind: "switched-off"; readonly address: string }
  /** To whoever wrote it. */
  | { readonly kind: "silence-ending"; readonly reason: string; readonly until: string; readonly silencesUrl: string };

export type Message = {
  readonly content: Content;
  readonly language: Locale;
  /** The same for every attempt, and for a copy that was asked for: whoever has it already can tell. */
  readonly key: string;
  /** Messages about one thing, for programs that put them together. */
  readonly thread: string;
  /** When it was asked for, RFC 3339. */
  readonly at: string;
  readonly recipient: string;
  /** Name of this desk, or of its host. */
  readonly instance: string;
  /** Where a person sees to their contact points. */
  readonly settingsUrl: string;
};
