/** A message as a push: what a lock screen shows first, and what can be done from there. */

import type { Locale } from "../../core/kernel/vocabulary.ts";
import { urgencyOf } from "../../core/notification/turns.ts";
import { labels } from "../../languages/labels.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { typo } from "../../languages/typo.ts";
import { accountWords } from "./account-mails.ts";
import type { Push } from "./channels/ntfy.ts";
import { headOf, pageFacts, renderNotice, renderPage } from "./mails.ts";
import type { Content, Message } from "./message.ts";

const spoken = inEachLocale(mail, labels);

export function pushOf(message: Message): Push {
  const { content } = message;
  switch (content.kind) {
    case "page":
      return pagePush(content, message.language);
    case "notice":
      return noticePush(content, message.language);
    default: {
      const words = accountWords(content, message);
      const test = content.kind === "test";
      return {
        title: words.head,
        message: [words.lead, words.quote, words.note].filter((line) => line !== null).join("\n"),
        /* A test is as loud as a call: how loud that is on this phone is what it tries. */
        priority: test ? 5 : 3,
        tags: [tagOf[content.kind]],
        click: words.act.url,
        actions: test ? [{ kind: "post", label: words.act.label, url: words.act.url, form: "action=received" }] : [],
      };
    }
  }
}

const tagOf = {
  test: "test_tube",
  code: "key",
  "switched-off": "warning",
  "silence-ending": "bell",
  cover: "calendar",
  assistance: "raised_hand",
  holes: "warning",
  digest: "card_index_dividers",
} as const;

function pagePush({ view }: Extract<Content, { kind: "page" }>, language: Locale): Push {
  const { t } = spoken[language];
  const loud = urgencyOf(view.priority) === "high";
  const lines = [
    ...(view.exercise ? [t("mail.exercise")] : []),
    headOf(view, language),
    ...pageFacts(view, language).map((fact) => `${typo(`${fact.label}:`, language)} ${fact.text}`),
    ...(view.possibleDuplicate ? [t("mail.duplicate")] : []),
  ];
  return {
    title: renderPage(view, language).subject,
    message: lines.join("\n"),
    priority: loud ? 5 : 4,
    tags: [loud ? "rotating_light" : "warning", ...(view.exercise ? ["construction"] : [])],
    click: view.ackUrl,
    actions: [
      { kind: "post", label: t("mail.take"), url: view.ackUrl, form: "action=accept" },
      { kind: "post", label: t("command.decline.do"), url: view.ackUrl, form: "action=decline" },
      /* Nothing can be typed into a notification of ntfy (its actions: view, broadcast, http, copy): the page of the call opens
       * at its note, and leads to the incident. */
      { kind: "open", label: t("mail.note"), url: `${view.ackUrl}&note=1` },
    ],
  };
}

function noticePush({ view }: Extract<Content, { kind: "notice" }>, language: Locale): Push {
  const { t } = spoken[language];
  const { subject, lead, quote } = renderNotice(view, language);
  return {
    title: subject,
    message: quote === null ? lead : `${lead}\n${quote}`,
    priority: 3,
    tags: ["information_source"],
    click: view.incidentUrl,
    actions: [{ kind: "open", label: t("mail.open"), url: view.incidentUrl }],
  };
}
