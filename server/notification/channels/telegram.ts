/** Telegram's bots (core.telegram.org/bots/api): one address for each method, every answer with an `ok` of its own. Their requests
 *  carry the secret that was given when the bot was told where this desk is. */
import { createHash } from "node:crypto";
import type { Outgoing } from "../../platform/outgoing.ts";
import { sameBytes } from "../../platform/secrets.ts";
import { type Chat, type ChatAct, isChatAct, type Pressed } from "./chat.ts";
import { fieldsOf, type Given, jsonOf, refusedBy, type SignedRequest, textOf } from "./provider.ts";

export type TelegramAccount = { readonly server: string; readonly botToken: string; readonly secret: string };

export type TelegramTold =
  | { readonly kind: "pressed"; readonly pressed: Pressed; readonly callbackId: string }
  | { readonly kind: "wrote"; readonly chat: string }
  | { readonly kind: "nothing" };

const textMax = 4_000;
const letters: Readonly<Record<ChatAct, string>> = { accept: "a", decline: "d", received: "r" };

/** Of this conversation: it is not there, or they blocked the bot. */
const recipientCodes = [400, 403];

export const openTelegram = (outgoing: Outgoing) => {
  const ask = async ({ server, botToken }: TelegramAccount, method: string, body: object): Promise<Given> => {
    const answered = await outgoing.post({
      url: `${server}/bot${botToken}/${method}`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      reads: true,
    });
    if (answered.kind === "answered" && answered.status < 300) {
      const { ok, result } = fieldsOf(jsonOf(answered.body));
      if (ok === true) return { kind: "taken", id: textOf(fieldsOf(result).message_id) ?? "" };
    }
    return refusedBy(answered, (said) => {
      const { error_code, description } = fieldsOf(said);
      const words = [textOf(error_code), textOf(description)].filter((one) => one !== null).join(" ");
      return words === "" ? null : { words, recipient: recipientCodes.includes(Number(error_code)) };
    });
  };
  return {
    send: (account: TelegramAccount, chat: string, { title, lines, acts, token, links }: Chat): Promise<Given> =>
      ask(account, "sendMessage", {
        chat_id: chat,
        text: [title, ...lines].join("\n").slice(0, textMax),
        link_preview_options: { is_disabled: true },
        reply_markup: {
          inline_keyboard: [
            acts.map(({ act, label }) => ({ text: label, callback_data: `${letters[act]}:${token}` })),
            links.map(({ label, url }) => ({ text: label, url })),
          ].filter((row) => row.length > 0),
        },
      }),
    /** Also tells the bot where its updates go. */
    check: async (account: TelegramAccount, updatesUrl: string): Promise<Given> => {
      const known = await ask(account, "getMe", {});
      if (known.kind === "refused") return known;
      const allowed = { allowed_updates: ["message", "callback_query"], secret_token: account.secret };
      return ask(account, "setWebhook", { url: updatesUrl, ...allowed });
    },
  };
};

export function isFromTelegram({ secret }: TelegramAccount, { headers }: SignedRequest): boolean {
  const given = headers["x-telegram-bot-api-secret-token"];
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return typeof given === "string" && sameBytes(digest(secret), digest(given));
}

export function readTelegram(raw: string): TelegramTold {
  const { callback_query, message } = fieldsOf(jsonOf(raw));
  const { id, from, data } = fieldsOf(callback_query);
  const [letter, token = ""] = (textOf(data) ?? "").split(":");
  const act = Object.keys(letters).find((one) => letters[one as ChatAct] === letter);
  const who = textOf(fieldsOf(from).id);
  const callbackId = textOf(id);
  if (isChatAct(act) && who !== null && callbackId !== null)
    return { kind: "pressed", pressed: { who, act, token }, callbackId };
  const chat = textOf(fieldsOf(fieldsOf(message).chat).id);
  return chat === null ? { kind: "nothing" } : { kind: "wrote", chat };
}
