/** The mail by which a desk proves that its mail arrives: a code to type, a link to follow, and nothing else. */
import { createHash } from "node:crypto";
import type { Person } from "../../core/directory/types.ts";
import { mail } from "../../languages/mail.ts";
import { inEachLocale } from "../../languages/messages.ts";
import type { EmailChannel } from "./channels/email.ts";
import { mailHtml, mailText } from "./mail-layout.ts";

const spoken = inEachLocale(mail);

export type TrialMail = {
  readonly to: Person;
  readonly code: string;
  readonly path: string;
  readonly id: string;
};

type Known = { readonly email: EmailChannel; readonly url: string; readonly mailHost: string };

/** Read by threes, copied as it is. */
const spaced = (code: string): string => code.replace(/^(.{3})(.{3})$/, "$1 $2");

export function createTrialMail({ email, url, mailHost }: Known) {
  return ({ to, code, path, id }: TrialMail) => {
    const language = to.locale ?? to.language;
    const { t } = spoken[language];
    const signature = t("mail.signature", { instance: new URL(url).host });
    const subject = t("mail.trial.subject", { code: spaced(code) });
    const body = {
      language,
      mark: null,
      priority: null,
      head: signature,
      title: spaced(code),
      lead: t("mail.trial.text"),
      quote: null,
      act: { line: t("mail.trial.line"), label: t("mail.trial.do"), url: `${url}${path}` },
      facts: [],
      also: null,
      notes: [t("mail.trial.note")],
      signature,
    };
    const messageId = `<${createHash("sha256").update(`trial/${id}`).digest("hex").slice(0, 32)}@${mailHost}>`;
    return email.send({
      to: { name: to.name, address: to.email },
      subject,
      text: mailText(body),
      html: mailHtml(body),
      messageId,
      thread: messageId,
      language,
    });
  };
}
