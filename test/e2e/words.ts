/** What is read on screen, out of the catalogues: elements are found by the words that people see and hear. */
import { join } from "node:path";
import { api } from "../../languages/api.ts";
import { assistance } from "../../languages/assistance.ts";
import { board } from "../../languages/board.ts";
import { clocks } from "../../languages/clocks.ts";
import { cockpit } from "../../languages/cockpit.ts";
import { contacts } from "../../languages/contacts.ts";
import { contributor } from "../../languages/contributor.ts";
import { contributorPage } from "../../languages/contributor-page.ts";
import { finding } from "../../languages/finding.ts";
import { impact } from "../../languages/impact.ts";
import { intake } from "../../languages/intake.ts";
import { labels } from "../../languages/labels.ts";
import { createMessages } from "../../languages/messages.ts";
import { myWork } from "../../languages/my-work.ts";
import { noise } from "../../languages/noise.ts";
import { obligationPages } from "../../languages/obligation-pages.ts";
import { organisation } from "../../languages/organisation.ts";
import { pages } from "../../languages/pages.ts";
import { problems } from "../../languages/problems.ts";
import { setup } from "../../languages/setup.ts";
import { suppliers } from "../../languages/suppliers.ts";
import { teams } from "../../languages/teams.ts";
import { web } from "../../languages/web.ts";
import { workstreams } from "../../languages/workstreams.ts";

export const root = join(import.meta.dirname, "..", "..");

export type Language = "fr" | "en";
export const languages: readonly Language[] = ["fr", "en"];

const wordsIn = (language: Language) =>
  createMessages(language, web, board, clocks, organisation, finding, contacts, labels, problems, pages, api);
/** They come with their page. */
export const setupWords = { fr: createMessages("fr", setup).t, en: createMessages("en", setup).t };
export const noiseWords = { fr: createMessages("fr", noise).t, en: createMessages("en", noise).t };
export const assistanceWords = { fr: createMessages("fr", assistance).t, en: createMessages("en", assistance).t };
export const contributorWords = { fr: createMessages("fr", contributor).t, en: createMessages("en", contributor).t };
export const contributorPageWords = {
  fr: createMessages("fr", contributorPage).t,
  en: createMessages("en", contributorPage).t,
};
export const impactWords = { fr: createMessages("fr", impact).t, en: createMessages("en", impact).t };
export const streamWords = { fr: createMessages("fr", workstreams).t, en: createMessages("en", workstreams).t };
export const cockpitWords = { fr: createMessages("fr", cockpit).t, en: createMessages("en", cockpit).t };
export const obligationWords = {
  fr: createMessages("fr", obligationPages).t,
  en: createMessages("en", obligationPages).t,
};
export const teamWords = { fr: createMessages("fr", teams).t, en: createMessages("en", teams).t };
export const supplierWords = { fr: createMessages("fr", suppliers).t, en: createMessages("en", suppliers).t };
export const myWorkWords = { fr: createMessages("fr", myWork).t, en: createMessages("en", myWork).t };
export const intakeWords = { fr: createMessages("fr", intake).t, en: createMessages("en", intake).t };
export type Words = ReturnType<typeof wordsIn>;
export const words: Readonly<Record<Language, Words>> = { fr: wordsIn("fr"), en: wordsIn("en") };

/** A name that begins with these words, however they are spaced. */
export const begins = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split(/\s+/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join("\\s+")}`,
  );
