/** Buttons of conversations and rooms, as their services tell of them. Whoever presses acts in their own name where the service says
 *  who it was, and must then be known here by that very account; a room that only hands back what it was given acts for whoever
 *  was called there. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Person } from "../../core/directory/types.ts";
import { answerFor } from "./answers.ts";
import type { Pressed } from "./channels/chat.ts";
import type { SignedRequest } from "./channels/provider.ts";
import { readMattermost } from "./channels/rooms.ts";
import { isFromSlack, openSlack, readSlack, type SlackAccount } from "./channels/slack.ts";
import { isFromTelegram, readTelegram, type TelegramAccount } from "./channels/telegram.ts";
import { acknowledgeTest } from "./delivery-store.ts";
import { spokenPhone } from "./phone-texts.ts";
import type { DoorKnown } from "./provider-door.ts";
import { findProvider, insertEvidence, openAccount, type ProviderRow } from "./provider-store.ts";
import { recall } from "./recall-store.ts";
import { readReturnToken } from "./return-token.ts";

const bodyMax = 100_000;

export function chatDoor(app: FastifyInstance, known: DoorKnown): void {
  const slack = openSlack(known.outgoing);
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string", bodyLimit: bodyMax }, (_request, body, done) =>
      done(null, body),
    );
    scope.post("/channels/:provider/updates", async (request, reply) => {
      const row = await open(
        known,
        request,
        (one, signed) => isFromTelegram(one as TelegramAccount, signed),
        "telegram",
      );
      return row === null ? reply.code(403).send() : fromTelegram(known, row, request, reply);
    });
    scope.post("/channels/:provider/buttons", async (request, reply) => {
      const row = await open(known, request, (one, signed) => isFromSlack(one as SlackAccount, signed), "slack");
      if (row === null) return reply.code(403).send();
      const read = readSlack(rawOf(request));
      if (read === null) return reply.code(200).send();
      const sentence = await pressed(known, request, read.pressed, "slack");
      if (read.answerUrl !== null) void slack.tell(read.answerUrl, sentence);
      return reply.code(200).send();
    });
    scope.post("/channels/mattermost/buttons", async (request, reply) => {
      const read = readMattermost(rawOf(request));
      if (read === null || readReturnToken(known.secrets, read.token) === null) return reply.code(403).send();
      const sentence = await pressed(known, request, read, "mattermost");
      return reply.type("application/json").send(JSON.stringify({ ephemeral_text: sentence }));
    });
  });
}

const rawOf = ({ body }: FastifyRequest): string => (typeof body === "string" ? body : "");

async function open(
  known: DoorKnown,
  request: FastifyRequest,
  isSigned: (account: unknown, signed: SignedRequest) => boolean,
  kind: ProviderRow["kind"],
): Promise<ProviderRow | null> {
  const { provider } = request.params as { provider: string };
  const row = /^[0-9a-f-]{36}$/.test(provider) ? await findProvider(known.pool, provider) : undefined;
  if (row?.kind !== kind) return null;
  const signed = {
    url: known.url + request.url,
    headers: request.headers,
    raw: rawOf(request),
    now: known.clock.now(),
  };
  return isSigned(openAccount(known.secrets, row), signed) ? row : null;
}

/** Whoever writes to the bot is told the number of their conversation: it is what they type here to be called there. */
async function fromTelegram(
  known: DoorKnown,
  row: ProviderRow,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const told = readTelegram(rawOf(request));
  const answer = (body: object): FastifyReply => reply.type("application/json").send(JSON.stringify(body));
  if (told.kind === "nothing") return answer({});
  if (told.kind === "wrote") {
    const text = spokenPhone[known.directory().language].t("telegram.chat", { chat: told.chat });
    return answer({ method: "sendMessage", chat_id: told.chat, text });
  }
  known.log.debug({ event: "telegram-button", provider: row.id }, "a button was pressed");
  const text = await pressed(known, request, told.pressed, "telegram");
  return answer({
    method: "answerCallbackQuery",
    callback_query_id: told.callbackId,
    text: text.slice(0, 200),
    show_alert: true,
  });
}

async function pressed(
  known: DoorKnown,
  request: FastifyRequest,
  { who, act, token }: Pressed,
  kind: "telegram" | "slack" | "mattermost",
): Promise<string> {
  const id = readReturnToken(known.secrets, token);
  const recalled = id === null ? null : await recall(known.pool, id);
  const called = known.directory().people.get(recalled?.person ?? "");
  const { t } = spokenPhone[called?.locale ?? called?.language ?? known.directory().language];
  const person = kind === "mattermost" ? called : ownerOf(known, kind, who);
  if (!recalled || !person?.active) return t("chat.stranger");
  const { claimed } = recalled;
  const noted = (state: "acknowledged" | "declined") =>
    insertEvidence(known.pool, {
      outboxId: claimed.id,
      at: known.clock.now(),
      providerId: null,
      provider: null,
      state,
      detail: null,
    });
  if (claimed.kind === "test" && act === "received") {
    await acknowledgeTest(known.pool, claimed.id, known.clock.now());
    await noted("acknowledged");
    return spokenPhone[person.locale ?? person.language].t("call.received");
  }
  if (claimed.kind !== "page" || claimed.incidentId === null || act === "received") return t("call.over");
  const cause = { kind: "chat-button", id: request.id };
  const answered = await answerFor(known, { person, incidentId: claimed.incidentId, act, text: "", cause });
  if (answered?.done) await noted(act === "accept" ? "acknowledged" : "declined");
  return answered?.sentence ?? t("call.over");
}

/** A conversation with one person bears that person's number at both services. */
function ownerOf({ directory }: DoorKnown, kind: "telegram" | "slack", who: string): Person | undefined {
  return [...directory().people.values()].find((person) =>
    person.contactPoints.some((point) => point.kind === kind && point.enabled && point.address === who),
  );
}
