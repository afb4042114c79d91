/** A message as it stands in a room: the words of a push, and buttons for what can be done from there. */
import { labels } from "../../languages/labels.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import { accountWords } from "./account-mails.ts";
import type { Chat } from "./channels/chat.ts";
import type { Message } from "./message.ts";
import { pushOf } from "./pushes.ts";

const spoken = inEachLocale(mail, labels);

export function chatOf(message: Message, token: string): Chat {
  const { content, language } = message;
  const { t } = spoken[language];
  const { title, message: said, priority } = pushOf(message);
  const words = { title, lines: said.split("\n"), loud: priority === 5 && content.kind === "page", token };
  switch (content.kind) {
    case "page": {
      const { ackUrl, incidentUrl } = content.view;
      return {
        ...words,
        acts: [
          { act: "accept", label: t("mail.take") },
          { act: "decline", label: t("command.decline.do") },
        ],
        links: [{ label: t("mail.open"), url: incidentUrl }],
        actUrl: { label: t("mail.take"), url: ackUrl },
      };
    }
    case "notice":
      return { ...words, acts: [], links: [{ label: t("mail.open"), url: content.view.incidentUrl }], actUrl: null };
    case "test":
      return {
        ...words,
        acts: [{ act: "received", label: t("mail.test.received") }],
        links: [],
        actUrl: { label: t("mail.test.received"), url: content.receivedUrl },
      };
    case "digest":
    case "holes":
    case "assistance":
    case "cover": {
      const { label, url } = accountWords(content, message).act;
      return { ...words, acts: [], links: [{ label, url }], actUrl: null };
    }
    default:
      return { ...words, acts: [], links: [{ label: t("mail.settings"), url: message.settingsUrl }], actUrl: null };
  }
}
