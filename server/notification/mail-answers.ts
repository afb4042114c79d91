/** A mail that came back: which of our messages it answers, whether whoever was called wrote it, what it asks for, and what to tell
 *  them. A stranger and a machine are told nothing, so that two machines never answer each other. */
import { createHash } from "node:crypto";
import type pg from "pg";
import type { Person } from "../../core/directory/types.ts";
import type { AnsweredMessage, MailAct, MailJudged } from "../../core/notification/mail-replies.ts";
import { judgeMail } from "../../core/notification/mail-replies.ts";
import type { Secrets } from "../platform/secrets.ts";
import { type AnsweredAs, type AnswersKnown, answerFor, doneSentence } from "./answers.ts";
import type { EmailChannel } from "./channels/email.ts";
import { shortNumber } from "./compose.ts";
import { acknowledgeTest } from "./delivery-store.ts";
import type { ReadMail } from "./incoming-mail.ts";
import { mailHtml, mailText } from "./mail-layout.ts";
import { replyNumber, spokenPhone } from "./phone-texts.ts";
import { insertEvidence } from "./provider-store.ts";
import { type Recalled, recall } from "./recall-store.ts";
import { type MarkReplies, markedId } from "./reply-marks.ts";
import { endReply, isToDo, noteDone, takeReply } from "./reply-store.ts";
import { findReplyToken } from "./reply-token.ts";
import { createReplyLimit } from "./text-answers.ts";

export type MailAnswersKnown = AnswersKnown & {
  readonly pool: pg.Pool;
  readonly secrets: Secrets;
  readonly email: EmailChannel;
  readonly markReplies: MarkReplies;
  readonly mailHost: string;
  readonly url: string;
};

/** `again`: it was answered before. */
export type Became = "obeyed" | "told" | "again" | "failed" | "automatic" | "no-call" | "stranger";

export type AnswerMail = (mail: ReadMail) => Promise<Became>;

/** A message that cannot be carried out must not keep those behind it. */
const attemptsMax = 5;

export function createMailAnswers(known: MailAnswersKnown): AnswerMail {
  const mayReply = createReplyLimit();
  return async (mail) => {
    const { pool, clock, log } = known;
    const id = findReplyToken(known.secrets, mail.headers);
    const recalled = id === null ? null : await recall(pool, id);
    const person = known.directory().people.get(recalled?.person ?? "");
    const judged = judgeMail({ mail, answers: answeredBy(recalled, person), now: clock.now() });
    if (judged.kind === "ignored") return ignored(known, mail, { because: judged.because, outboxId: id });
    const meant = recalled as Recalled;
    const { hash } = mail;
    const taken = await takeReply(pool, { hash, outboxId: meant.claimed.id, now: clock.now() });
    if (taken.ended) return "again";
    if (taken.attempts > attemptsMax) {
      log.error({ event: "mail-reply-failed", outbox: meant.claimed.id }, "an answer by mail could not be carried out");
      await endReply(pool, { hash, became: "failed", now: clock.now() });
      return "failed";
    }
    const one: Meant = { mail, recalled: meant, person: person as Person, actsDone: taken.actsDone };
    const sentences = await carryOut(known, one, judged);
    if (!(await endReply(pool, { hash, became: judged.kind, now: clock.now() }))) return "again";
    if (mayReply(mail.from[0] ?? "", clock.now())) await sendBack(known, one, sentences);
    return judged.kind;
  };
}

type Meant = {
  readonly mail: ReadMail;
  readonly recalled: Recalled;
  readonly person: Person;
  /** Of an earlier attempt that did not come to its end. */
  readonly actsDone: number;
};

function answeredBy(recalled: Recalled | null, person: Person | undefined): AnsweredMessage | null {
  if (recalled === null) return null;
  const { claimed, loaded } = recalled;
  const { kind, dueAt: askedAt } = claimed;
  if (kind !== "page" && kind !== "notice" && kind !== "test") return null;
  if (kind !== "test" && loaded === null) return null;
  const proved = person?.contactPoints.filter((point) => point.kind === "email" && point.enabled) ?? [];
  return {
    kind,
    askedAt,
    number: loaded === null ? null : replyNumber(shortNumber(loaded.incident.number)),
    person: person?.active ? { addresses: proved.map(({ address }) => address.toLowerCase()) } : null,
  };
}

type Why = { readonly because: "automatic" | "no-call" | "stranger"; readonly outboxId: number | null };

/** What bears our token and is not obeyed is worth a word to whoever runs this desk. */
function ignored({ log }: MailAnswersKnown, mail: ReadMail, { because, outboxId }: Why): Became {
  const said = { event: "mail-reply-ignored", because, outbox: outboxId, mail: mail.hash };
  if (because === "stranger") log.warn(said, "a mail that answers a call is not from whoever was called");
  else log.info(said, "a mail was not taken as an answer");
  return because;
}

type Kept = Exclude<MailJudged, { readonly kind: "ignored" }>;

async function carryOut(known: MailAnswersKnown, one: Meant, judged: Kept): Promise<string[]> {
  const { claimed, loaded } = one.recalled;
  const { t } = spokenPhone[one.person.locale ?? one.person.language];
  if (judged.kind === "told") {
    if (judged.what === "other-number") {
      const number = loaded === null ? "" : shortNumber(loaded.incident.number);
      return [t("mail.answer.other", { number, other: judged.number })];
    }
    if (judged.what === "over") return [t("call.over")];
    return [t(claimed.kind === "test" ? "mail.answer.help.test" : "mail.answer.help")];
  }
  if (claimed.kind === "test") {
    if (judged.acts[0]?.act !== "accept") return [t("mail.answer.help.test")];
    await acknowledgeTest(known.pool, claimed.id, known.clock.now());
    await evidence(known, claimed.id, "acknowledged");
    return [t("call.received")];
  }
  const said: string[] = [];
  for (const [index, act] of judged.acts.entries()) {
    const answered = await actFor(known, one, { act, index });
    said.push(answered?.sentence ?? t("call.over"));
    if (answered?.done && judged.unasked && wantsSomebody(one)) said.push(t("mail.answer.unasked"));
  }
  return said;
}

const wantsSomebody = ({ recalled: { claimed, loaded } }: Meant): boolean =>
  claimed.kind === "page" && loaded?.incident.ended === null && loaded.incident.acceptedBy === null;

type Doing = { readonly act: MailAct; readonly index: number };

async function actFor(known: MailAnswersKnown, one: Meant, { act, index }: Doing): Promise<AnsweredAs | null> {
  const { mail, recalled, person, actsDone } = one;
  const { claimed, loaded } = recalled;
  if (claimed.incidentId === null || loaded === null) return null;
  /* Done before a crash that left it untold. */
  if (index < actsDone) return { done: true, sentence: doneSentence(person, act.act, loaded.incident.number) };
  const answered = await answerFor(known, {
    person,
    incidentId: claimed.incidentId,
    act: act.act,
    text: act.text,
    cause: { kind: "mail-reply", id: mail.hash },
    alongside: {
      before: (client) => isToDo(client, mail.hash, index),
      after: async (client, outcome) => {
        if (outcome.kind === "incident") await noteDone(client, mail.hash, index);
      },
    },
  });
  if (answered?.done && claimed.kind === "page" && act.act !== "note")
    await evidence(known, claimed.id, act.act === "accept" ? "acknowledged" : "declined");
  return answered;
}

const evidence = ({ pool, clock }: MailAnswersKnown, outboxId: number, state: "acknowledged" | "declined") =>
  insertEvidence(pool, { outboxId, at: clock.now(), providerId: null, provider: null, state, detail: null });

/** To the address that was called, as it is kept here: nothing of what came is repeated but the id that it answers. */
async function sendBack(known: MailAnswersKnown, { mail, recalled, person }: Meant, said: string[]): Promise<void> {
  const { claimed, loaded } = recalled;
  const language = person.locale ?? person.language;
  const { t } = spokenPhone[language];
  const subject =
    loaded === null
      ? t("mail.answer.subject.test")
      : t("mail.answer.subject", { number: shortNumber(loaded.incident.number) });
  const url = loaded === null ? `${known.url}/notifications` : `${known.url}/incidents/${loaded.incident.number}`;
  const [title = "", ...notes] = said;
  const body = {
    language,
    mark: loaded?.incident.exercise ? t("mail.exercise") : null,
    priority: null,
    head: subject,
    title,
    lead: null,
    quote: null,
    act: {
      line: t(loaded === null ? "mail.settings.line" : "mail.open.line"),
      label: t(loaded === null ? "mail.settings" : "mail.open"),
      url,
    },
    facts: [],
    also: null,
    notes,
    signature: t("mail.signature", { instance: new URL(known.url).host }),
  };
  const mark = known.markReplies(claimed.id);
  const address = person.contactPoints.find(
    (point) => point.kind === "email" && point.enabled && point.address.toLowerCase() === mail.from[0],
  )?.address;
  if (address === undefined) return;
  const after = createHash("sha256").update(`answer/${mail.hash}`).digest("hex").slice(0, 16);
  const sent = await known.email.send({
    to: { name: person.name, address },
    subject,
    text: mailText(body),
    html: mailHtml(body),
    messageId: markedId(mark, known.mailHost, `.${after}`),
    thread: markedId(mark, known.mailHost),
    answers: mail.messageId ?? markedId(mark, known.mailHost),
    replyTo: mark.address,
    language,
  });
  if (sent.kind !== "accepted")
    known.log.warn({ event: "reply-not-sent", error: sent.error }, "an answer did not leave");
}
