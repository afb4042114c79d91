/** Mails about the way a person is reached, about their turns or about what holds calls back, and not about an incident: a code,
 *  a test, a channel that was switched off, a request to be covered or for assistance, a silence that ends, holes in what is to come. */
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { labels } from "../../languages/labels.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { assistanceWords } from "./assistance-words.ts";
import { coverWords } from "./cover-words.ts";
import { digestWords } from "./digest-words.ts";
import { holeWords } from "./hole-news.ts";
import { mailHtml, mailText } from "./mail-layout.ts";
import type { RenderedMail } from "./mails.ts";
import type { Content, Message } from "./message.ts";

const spoken = inEachLocale(mail, labels);

export type AccountContent = Exclude<Content, { kind: "page" | "notice" }>;

export type AccountWords = {
  readonly head: string;
  readonly lead: string;
  /** Words of a person. */
  readonly quote: string | null;
  readonly note: string;
  readonly act: { readonly line: string; readonly label: string; readonly url: string };
};

/** One set of words for all channels. */
export function accountWords(content: AccountContent, message: Message): AccountWords {
  const { t } = spoken[message.language];
  const settings = { line: t("mail.settings.line"), label: t("mail.settings"), url: message.settingsUrl };
  switch (content.kind) {
    case "assistance":
      return assistanceWords(content.view, message.language);
    case "cover":
      return coverWords(content.view, message.language);
    case "digest":
      return digestWords(content.view, message.language);
    case "holes":
      return holeWords(content.view, message.language);
    case "code":
      return {
        quote: null,
        head: t("mail.code.head", { code: spaced(content.code) }),
        lead: t("mail.code.text", { code: spaced(content.code), instance: message.instance }),
        note: t("mail.code.note"),
        act: settings,
      };
    case "test":
      return {
        quote: null,
        head: t("mail.test.head"),
        lead: t("mail.test.text"),
        note: t("mail.test.note"),
        act: { line: t("mail.test.line"), label: t("mail.test.received"), url: content.receivedUrl },
      };
    case "switched-off":
      return {
        quote: null,
        head: t("mail.off.head"),
        lead: t("mail.off.text", { address: content.address }),
        note: t("mail.off.note"),
        act: settings,
      };
    case "silence-ending":
      return {
        quote: null,
        head: t("mail.silence.head"),
        lead: t("mail.silence.text", { reason: content.reason, until: content.until }),
        note: t("mail.silence.note"),
        act: { line: t("mail.silence.line"), label: t("mail.silence.label"), url: content.silencesUrl },
      };
  }
}

/** Read aloud or copied by hand, eight figures go by four. */
const spaced = (code: string): string => code.replace(/(?<=^.{4})/, " ");

export function renderAccountMail(content: AccountContent, message: Message): RenderedMail {
  const { language } = message;
  const words = accountWords(content, message);
  const body = {
    language,
    mark: null,
    priority: null,
    head: signatureOf(message, language),
    title: words.head,
    lead: words.lead,
    quote: words.quote,
    act: words.act,
    facts: [],
    also: null,
    notes: [words.note],
    signature: signatureOf(message, language),
  };
  return { subject: words.head, text: mailText(body), html: mailHtml(body) };
}

const signatureOf = ({ instance }: Message, language: Locale): string =>
  spoken[language].t("mail.signature", { instance });
