/** A message as a text message, short enough for a watch, and as what a voice says on the telephone. */
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { labels } from "../../languages/labels.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { phone } from "../../languages/phone.ts";
import { accountWords } from "./account-mails.ts";
import type { Script } from "./channels/provider.ts";
import { digestWords } from "./digest-words.ts";
import { oneLine } from "./mail-layout.ts";
import { type MailIncident, type NoticeView, type PageView, renderNotice, renderPage } from "./mails.ts";
import type { Message } from "./message.ts";

export const spokenPhone = inEachLocale(phone, mail, labels);

/** What a person writes back: `412`, or `EX-3`. */
export const replyNumber = (shortNumber: string): string => shortNumber.replace(/^INC-/, "");

export function smsOf(message: Message): string {
  const { content, language } = message;
  const { t } = spokenPhone[language];
  switch (content.kind) {
    case "page": {
      const { view } = content;
      return lines([
        view.exercise && t("mail.exercise"),
        renderPage(view, language).subject,
        t("sms.reply", { number: replyNumber(view.shortNumber) }),
        view.ackUrl,
        view.possibleDuplicate && t("mail.duplicate"),
      ]);
    }
    case "notice": {
      const { subject, lead, quote } = renderNotice(content.view, language);
      return lines([subject, lead, quote !== null && cut(quote), content.view.incidentUrl]);
    }
    case "code":
      return t("sms.code", { code: content.code, instance: message.instance });
    case "test":
      return lines([t("mail.test.head"), t("sms.test"), content.receivedUrl]);
    case "digest": {
      const { lead, quote, act } = digestWords(content.view, language, textLinesMax);
      return lines([lead, quote ?? "", content.view.waiting > 0 && t("sms.reply.any"), act.url]);
    }
    case "holes":
    case "assistance":
    case "cover": {
      const { lead, quote, act } = accountWords(content, message);
      return lines([lead, quote !== null && cut(quote), act.url]);
    }
    case "switched-off":
      return lines([accountWords(content, message).lead, message.settingsUrl]);
    case "silence-ending":
      return lines([accountWords(content, message).lead, content.silencesUrl]);
  }
}

/** More is neither read on a lock screen nor kept in mind from one hearing. */
const textLinesMax = 6;
const spokenLinesMax = 4;

const lines = (parts: readonly (string | false)[]): string => parts.filter((part) => part !== false).join("\n");
const quoteMax = 300;
const cut = (text: string): string => (text.length > quoteMax ? `${text.slice(0, quoteMax - 1).trimEnd()}…` : text);

export function scriptOf(message: Message): Script {
  const { content, language } = message;
  const { t } = spokenPhone[language];
  const script = (said: readonly string[], keys: string | null): Script => ({
    language,
    lines: said,
    keys,
    goodbye: t("call.goodbye"),
  });
  switch (content.kind) {
    case "page":
      return script(pageLines(content.view, language), t("call.keys"));
    case "notice":
      return script([t("call.from"), ...noticeLines(content.view, language)], null);
    case "code": {
      /* Figure by figure, and twice: nobody copies eight figures from one hearing. */
      const code = [...content.code].join(", ");
      return script([t("call.code", { code }), t("call.code.again", { code })], null);
    }
    case "test":
      return script([t("call.test")], t("call.keys.test"));
    case "digest": {
      const { lead, quote, note } = digestWords(content.view, language, spokenLinesMax);
      return script([t("call.from"), lead, quote ?? "", note], null);
    }
    case "holes":
    case "assistance":
    case "cover": {
      const { lead, quote, note } = accountWords(content, message);
      return script([t("call.from"), lead, ...(quote === null ? [] : [cut(quote)]), note], null);
    }
    case "switched-off":
    case "silence-ending":
      return script([t("call.from"), accountWords(content, message).lead], null);
  }
}

function pageLines(view: PageView, language: Locale): string[] {
  const { t } = spokenPhone[language];
  return [
    t("call.from"),
    ...(view.exercise ? [t("mail.exercise")] : []),
    incidentLine(view, language),
    ...(view.possibleDuplicate ? [t("mail.duplicate")] : []),
  ];
}

/** Numbers and abbreviations as a voice says them. */
function incidentLine(view: MailIncident, language: Locale): string {
  const { t } = spokenPhone[language];
  return t("call.incident", {
    number: view.shortNumber.replace(/^.*-/, ""),
    priority: view.priority,
    word: view.priority === null ? null : t(`priority.${view.priority}`),
    service: view.service === null ? null : oneLine(view.service),
    title: cut(oneLine(view.title)),
  });
}

function noticeLines(view: NoticeView, language: Locale): string[] {
  const { lead, quote } = renderNotice(view, language);
  return [incidentLine(view, language), lead, ...(quote === null ? [] : [cut(quote)])];
}
