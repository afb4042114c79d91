/** A message as the event of a webhook: values for a program, and the sentence a person would have read. */
import { createHash } from "node:crypto";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { spelledSpan } from "../../core/oncall/definition.ts";
import { accountWords } from "./account-mails.ts";
import type { WebhookEvent } from "./channels/webhook.ts";
import { type MailIncident, renderNotice, renderPage } from "./mails.ts";
import type { Content, Message } from "./message.ts";

export function eventOf(message: Message): WebhookEvent {
  const { content } = message;
  const id = `msg_${createHash("sha256").update(message.key).digest("hex").slice(0, 32)}`;
  return { id, timestamp: message.at, ...bodyOf(content, message) };
}

type Body = Pick<WebhookEvent, "type" | "data">;

function bodyOf(content: Content, message: Message): Body {
  const { language } = message;
  switch (content.kind) {
    case "page": {
      const { view, incidentId, notAfter } = content;
      const { why, nextStep, ackUrl, possibleDuplicate } = view;
      const page = { why, nextStep, ackUrl, notAfter, possibleDuplicate };
      const said = renderPage(view, language).subject;
      return { type: "incident.page", data: { language, message: said, incident: incidentOf(view, incidentId), page } };
    }
    case "notice":
      return noticeBody(content, language);
    case "code":
      return {
        type: "contact-point.verification",
        data: { language, message: accountWords(content, message).lead, code: content.code },
      };
    case "test":
      return {
        type: "contact-point.test",
        data: { language, message: accountWords(content, message).lead, receivedUrl: content.receivedUrl },
      };
    case "cover": {
      const { view } = content;
      const { lead, quote } = accountWords(content, message);
      return {
        type: "cover-request.news",
        data: { language, message: lead, quote, news: view.news, schedule: view.schedule, url: view.url },
      };
    }
    case "assistance": {
      const { view } = content;
      const { lead, quote } = accountWords(content, message);
      const { news, number, title, urgent, url } = view;
      return { type: "assistance.news", data: { language, message: lead, quote, news, number, title, urgent, url } };
    }
    case "digest": {
      const { lead, quote } = accountWords(content, message);
      const { incidents, news, because, url } = content.view;
      return { type: "incident.digest", data: { language, message: lead, quote, because, incidents, news, url } };
    }
    case "holes": {
      const { lead, quote } = accountWords(content, message);
      const holes = content.view.holes.map(({ of, name, spans }) => ({
        of,
        service: of === "service" ? name : null,
        policy: of === "escalation" ? name : null,
        spans: spans.map(spelledSpan),
      }));
      return { type: "reach.holes", data: { language, message: lead, quote, holes, url: content.view.url } };
    }
    case "switched-off":
      return {
        type: "contact-point.switched-off",
        data: { language, message: accountWords(content, message).lead, address: content.address },
      };
    case "silence-ending":
      return {
        type: "silence.ending",
        data: { language, message: accountWords(content, message).lead, url: content.silencesUrl },
      };
  }
}

function noticeBody({ view, incidentId }: Extract<Content, { kind: "notice" }>, language: Locale): Body {
  const { subject, lead, quote } = renderNotice(view, language);
  const notice = { about: view.notice, text: lead, quote };
  const incident = incidentOf(view, incidentId);
  return { type: "incident.notice", data: { language, message: subject, incident, notice } };
}

export function incidentOf(view: MailIncident, id: string): object {
  const { number, title, priority, severity, service, since, incidentUrl, exercise } = view;
  return { id, number, title, priority, severity, service, since, url: incidentUrl, exercise };
}
