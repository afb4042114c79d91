/** Slack (docs.slack.dev): an application of the workspace posts with its own token, and its buttons come back signed. Every
 *  answer is a 200 with an `ok` of its own. */
import { createHmac } from "node:crypto";
import type { Outgoing } from "../../platform/outgoing.ts";
import { sameBytes } from "../../platform/secrets.ts";
import { type Chat, isChatAct, type Pressed } from "./chat.ts";
import { fieldsOf, type Given, jsonOf, refusedBy, type SignedRequest, textOf } from "./provider.ts";

export type SlackAccount = { readonly server: string; readonly botToken: string; readonly signingSecret: string };

const textMax = 2_900;
const labelMax = 75;
const skewSeconds = 300;
const ofRecipient = ["channel_not_found", "not_in_channel", "is_archived", "user_not_found", "cannot_dm_bot"];

export const openSlack = (outgoing: Outgoing) => {
  const ask = async ({ server, botToken }: SlackAccount, method: string, body: object): Promise<Given> => {
    const answered = await outgoing.post({
      url: `${server}/api/${method}`,
      headers: { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${botToken}` },
      body: JSON.stringify(body),
      reads: true,
    });
    const { ok, ts, error } = fieldsOf(answered.kind === "answered" ? jsonOf(answered.body) : null);
    if (answered.kind === "answered" && answered.status < 300 && ok === true)
      return { kind: "taken", id: textOf(ts) ?? "" };
    const refused = refusedBy(answered, () => {
      const words = textOf(error);
      return words === null ? null : { words, recipient: ofRecipient.includes(words) };
    });
    /* A refusal comes as a 200: whose fault it is stands in the body alone. */
    return ofRecipient.includes(textOf(error) ?? "") ? { ...refused, fault: "recipient" } : refused;
  };
  return {
    send: (account: SlackAccount, to: string, chat: Chat): Promise<Given> =>
      ask(account, "chat.postMessage", { channel: to, text: chat.title, unfurl_links: false, blocks: blocksOf(chat) }),
    check: (account: SlackAccount): Promise<Given> => ask(account, "auth.test", {}),
    /** Told to whoever pressed, and to nobody else of the room. */
    tell: (url: string, text: string) =>
      outgoing.post({
        url,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ response_type: "ephemeral", replace_original: false, text: escaped(text) }),
      }),
  };
};

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => escapes[sign] ?? sign);

function blocksOf({ title, lines, acts, token, links, loud }: Chat): object[] {
  const label = (text: string): object => ({ type: "plain_text", text: text.slice(0, labelMax) });
  const buttons = [
    ...acts.map(({ act, label: text }) => ({
      type: "button",
      action_id: act,
      value: token,
      text: label(text),
      ...(act === "accept" || act === "received" ? { style: "primary" } : {}),
    })),
    ...links.map(({ label: text, url }, place) => ({
      type: "button",
      action_id: `open-${place}`,
      url,
      text: label(text),
    })),
  ];
  const text = `${loud ? "*" : ""}${escaped(title)}${loud ? "*" : ""}\n${escaped(lines.join("\n"))}`;
  return [
    { type: "section", text: { type: "mrkdwn", text: text.slice(0, textMax) } },
    ...(buttons.length === 0 ? [] : [{ type: "actions", elements: buttons }]),
  ];
}

export function isFromSlack({ signingSecret }: SlackAccount, { headers, raw, now }: SignedRequest): boolean {
  const at = headers["x-slack-request-timestamp"];
  const given = headers["x-slack-signature"];
  if (typeof at !== "string" || typeof given !== "string") return false;
  if (!(Math.abs(Number(at) - now / 1_000) <= skewSeconds)) return false;
  const mac = createHmac("sha256", signingSecret).update(`v0:${at}:${raw}`).digest("hex");
  return sameBytes(Buffer.from(`v0=${mac}`), Buffer.from(given));
}

/** `answerUrl`: where they are told what came of it. */
export function readSlack(raw: string): { readonly pressed: Pressed; readonly answerUrl: string | null } | null {
  const { user, actions, response_url } = fieldsOf(jsonOf(new URLSearchParams(raw).get("payload")));
  const [action] = Array.isArray(actions) ? actions : [];
  const { action_id, value } = fieldsOf(action);
  const who = textOf(fieldsOf(user).id);
  if (!isChatAct(action_id) || who === null) return null;
  return { pressed: { who, act: action_id, token: textOf(value) ?? "" }, answerUrl: textOf(response_url) };
}
