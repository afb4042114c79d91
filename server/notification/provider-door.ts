/** Where those who carry calls and text messages tell what became of them, which key was pressed, and what was written back.
 *  Two proofs are asked: their signature over the request, and, where it is about something that was sent, ours in its
 *  address. Whoever has neither learns nothing. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import type { Person } from "../../core/directory/types.ts";
import { cleanTitle } from "../../core/intake/text.ts";
import type { Locale } from "../../core/kernel/vocabulary.ts";
import { phoneOf } from "../../core/notification/phone.ts";
import { readKey, readReply } from "../../core/notification/replies.ts";
import type { Submit } from "../desk/commit.ts";
import type { Secrets } from "../platform/secrets.ts";
import { type AnswersKnown, answerFor, doneSentence } from "./answers.ts";
import { carriedOnce } from "./carried-words.ts";
import type { Provider, Script, Told } from "./channels/provider.ts";
import type { Composed } from "./compose.ts";
import { acknowledgeTest } from "./delivery-store.ts";
import { leftWith } from "./held-store.ts";
import type { Message } from "./message.ts";
import { scriptOf, spokenPhone } from "./phone-texts.ts";
import { type Carriers, carrierOf, giveAway, openCarriers, type PhoneKnown } from "./phone-ways.ts";
import {
  findProvider,
  insertEvidence,
  isPhoneKind,
  openAccount,
  type ProviderRow,
  providerName,
} from "./provider-store.ts";
import { type Recalled, recall } from "./recall-store.ts";
import { readReturnToken } from "./return-token.ts";
import type { Loaded } from "./store.ts";
import { answerText, createReplyLimit } from "./text-answers.ts";

export type DoorKnown = AnswersKnown &
  PhoneKnown & {
    readonly pool: pg.Pool;
    readonly secrets: Secrets;
    readonly submit: Submit;
    readonly compose: (composed: Composed, loaded: Loaded | null) => Message | null;
  };

const bodyMax = 50_000;
/** Somebody who presses no key, or the same wrong one, is not kept on the line for ever. */
const roundsMax = 5;

type Knock = {
  readonly row: ProviderRow;
  readonly carrier: Provider<unknown>;
  readonly raw: string;
};

export function providerDoor(app: FastifyInstance, known: DoorKnown): void {
  const carriers = openCarriers(known.outgoing);
  const mayReply = createReplyLimit();
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string", bodyLimit: bodyMax }, (_request, body, done) =>
      done(null, body),
    );
    const on = (
      path: string,
      answer: (knock: Knock, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
    ) =>
      scope.post(`/channels/:provider/${path}`, async (request, reply) => {
        const knock = await open(known, carriers, request);
        return knock === null ? reply.code(403).send() : answer(knock, request, reply);
      });
    on("state/:token", async (knock, request, reply) => {
      const recalled = await recalledBy(known, request);
      if (recalled !== null) await noteState(known, knock.row, recalled, knock.carrier.readState(knock.raw));
      return reply.type(knock.carrier.nothing.type).send(knock.carrier.nothing.body);
    });
    on("keys/:token/:round", (knock, request, reply) => press(known, knock, request, reply));
    on("note/:token/:round", (knock, request, reply) => hear(known, knock, request, reply));
    on("texts", async (knock, _request, reply) => {
      const told = knock.carrier.readText(knock.raw);
      const from = told.kind === "text" ? phoneOf(told.from) : null;
      if (told.kind === "text" && from !== null) {
        const { id } = told;
        const ids = ["written", knock.row.id, id ?? "", from, told.text];
        const once = id === null ? null : carriedOnce(known.pool, known.clock.now(), ids);
        const sentence = await answerText(known, { from, reply: readReply(told.text), once });
        if (sentence !== null && mayReply(from, known.clock.now())) await sendBack(known, carriers, from, sentence);
      }
      return reply.type(knock.carrier.nothing.type).send(knock.carrier.nothing.body);
    });
  });
}

async function open(known: DoorKnown, carriers: Carriers, request: FastifyRequest): Promise<Knock | null> {
  const { provider } = request.params as { provider: string };
  const row = /^[0-9a-f-]{36}$/.test(provider) ? await findProvider(known.pool, provider) : undefined;
  if (!row || !isPhoneKind(row.kind)) return null;
  const carrier = carrierOf(carriers, row.kind);
  const raw = typeof request.body === "string" ? request.body : "";
  const signed = { url: known.url + request.url, headers: request.headers, raw, now: known.clock.now() };
  return carrier.isSigned(openAccount(known.secrets, row), signed) ? { row, carrier, raw } : null;
}

async function recalledBy(known: DoorKnown, request: FastifyRequest): Promise<Recalled | null> {
  const id = readReturnToken(known.secrets, (request.params as { token: string }).token);
  return id === null ? null : recall(known.pool, id);
}

/** It goes to the evidence of that attempt; of a call to an incident, to its record too, where it may give the next their turn. */
async function noteState(known: DoorKnown, row: ProviderRow, recalled: Recalled, told: Told): Promise<void> {
  if (told.kind !== "state") return;
  const { claimed } = recalled;
  const at = known.clock.now();
  const said = { providerId: row.id, provider: providerName(row), state: told.state, detail: told.detail };
  const fresh = await insertEvidence(known.pool, { outboxId: claimed.id, at, ...said });
  if (!fresh || claimed.kind !== "page" || claimed.incidentId === null || claimed.pageId === null) return;
  const outcome =
    told.state === "undelivered"
      ? ({ kind: "undelivered", error: `${providerName(row)}: ${told.detail ?? ""}` } as const)
      : ({ kind: "delivered", how: told.state } as const);
  const { incidentId, pageId } = claimed;
  await known.submit({ kind: "page-outcome", incidentId, pageId, outcome });
  for (const other of await leftWith(known.pool, claimed))
    await known.submit({ kind: "page-outcome", incidentId: other.incidentId, pageId: other.pageId, outcome });
}

async function press(
  known: DoorKnown,
  knock: Knock,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const line = await onTheLine(known, knock, request, reply);
  if (line === null) return reply.code(404).send();
  const { person, claimed, say, last, script } = line;
  const { t } = spokenPhone[line.language];
  const told = knock.carrier.readKeys(knock.raw);
  const key = told.kind === "key" ? readKey(told.digits) : "unknown";
  if (key === "accept" || key === "decline") {
    if (claimed.kind === "test" && key === "accept") {
      await acknowledgeTest(known.pool, claimed.id, known.clock.now());
      await noteAct(known, knock.row, claimed.id, "acknowledged");
      return last(t("call.received"));
    }
    if (claimed.kind === "page" && claimed.incidentId !== null) {
      const cause = { kind: "keypad", id: request.id };
      const answered = await answerFor(known, { person, incidentId: claimed.incidentId, act: key, text: "", cause });
      if (answered?.done) await noteAct(known, knock.row, claimed.id, key === "accept" ? "acknowledged" : "declined");
      return last(answered?.sentence ?? t("call.over"));
    }
  }
  if (script === null) return last(t("call.over"));
  if (key === "note" && claimed.kind === "page") {
    const asked = t("call.note", { provider: providerName(knock.row) });
    const { type, body } = knock.carrier.listenTo({ language: line.language, line: asked, saidUrl: line.next("note") });
    return reply.type(type).send(body);
  }
  return say(key === "repeat" ? script : { ...script, lines: [t("call.not-a-key"), ...script.lines] });
}

/** What was said becomes a note, marked as heard by a machine; it is read back, and the call goes on with its keys. */
async function hear(
  known: DoorKnown,
  knock: Knock,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const line = await onTheLine(known, knock, request, reply);
  const incidentId = line?.claimed.kind === "page" ? line.claimed.incidentId : null;
  if (line === null || incidentId === null) return reply.code(404).send();
  const { person, say, last, script } = line;
  const { t } = spokenPhone[line.language];
  const told = knock.carrier.readSpeech(knock.raw);
  const heard = told.kind === "speech" ? cleanTitle(told.text, spokenMax).text : "";
  const goOn = (...lines: string[]): FastifyReply =>
    script === null ? last(lines.join(" ")) : say({ ...script, lines });
  if (heard === "") return goOn(t("call.note.nothing"));
  const text = t("call.note.text", { provider: providerName(knock.row), text: heard });
  const cause = { kind: "spoken-note", id: request.id };
  const { token, round } = request.params as { token: string; round: string };
  const call = told.kind === "speech" ? (told.id ?? "") : "";
  /* The same place of the same call: spoken there once. */
  const once = carriedOnce(known.pool, known.clock.now(), ["spoken", knock.row.id, call, token, round, heard]);
  const { alongside } = once;
  const answered = await answerFor(known, { person, incidentId, act: "note", text, cause, alongside });
  const understood = t("call.note.heard", { text: heard });
  if (answered?.done) return goOn(understood, answered.sentence);
  if (line.number !== null && (await once.isDone())) return goOn(understood, doneSentence(person, "note", line.number));
  return goOn(answered?.sentence ?? t("call.over"));
}

const spokenMax = 1_000;

type Line = {
  readonly person: Person;
  readonly language: Locale;
  readonly claimed: Recalled["claimed"];
  /** Of its incident. */
  readonly number: string | null;
  /** What this call says; null when it has gone on for too long, or there is nothing to say any more. */
  readonly script: Script | null;
  readonly say: (script: Script) => FastifyReply;
  readonly last: (line: string) => FastifyReply;
  /** Where the next key, or what is said next, is told. */
  readonly next: (what: "keys" | "note") => string;
};

/** Whom this call is with, and what may be said next; null for a call of nobody who is still here. */
async function onTheLine(
  known: DoorKnown,
  knock: Knock,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Line | null> {
  const recalled = await recalledBy(known, request);
  const { token, round } = request.params as { token: string; round: string };
  const person = known.directory().people.get(recalled?.person ?? "");
  if (!recalled?.point || !person?.active) return null;
  const { claimed, point, loaded } = recalled;
  const language = person.locale ?? person.language;
  const rounds = Number(round) + 1;
  const next = (what: "keys" | "note"): string => `${known.url}/channels/${knock.row.id}/${what}/${token}/${rounds}`;
  const say = (script: Script): FastifyReply => {
    const { type, body } = knock.carrier.scriptOf(script, next("keys"));
    return reply.type(type).send(body);
  };
  const message = rounds < roundsMax ? known.compose({ claimed, person, point }, loaded) : null;
  const goodbye = spokenPhone[language].t("call.goodbye");
  return {
    person,
    language,
    claimed,
    number: loaded?.incident.number ?? null,
    script: message && scriptOf(message),
    say,
    last: (line) => say({ language, lines: [line], keys: null, goodbye }),
    next,
  };
}

const noteAct = (known: DoorKnown, row: ProviderRow, outboxId: number, state: "acknowledged" | "declined") =>
  insertEvidence(known.pool, {
    outboxId,
    at: known.clock.now(),
    providerId: row.id,
    provider: providerName(row),
    state,
    detail: null,
  });

/** An answer to an answer: it is no call, and nothing waits for it. */
async function sendBack(known: DoorKnown, carriers: Carriers, to: string, text: string): Promise<void> {
  const sent = await giveAway(known, carriers, null, (_row, carrier, account, now) =>
    carrier.sendText(account, { to, text, statusUrl: null }, now),
  );
  if (sent.kind !== "accepted")
    known.log.warn({ event: "reply-not-sent", error: sent.error }, "an answer did not leave");
}
