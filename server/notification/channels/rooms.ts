/** Rooms that give out an address to post to. Mattermost (developers.mattermost.com): a button comes back to this desk from its
 *  server, with what was given along. Microsoft Teams: a workflow takes an Adaptive Card, whose buttons only open addresses. */
import type { Outgoing } from "../../platform/outgoing.ts";
import { type Chat, isChatAct, type Pressed } from "./chat.ts";
import { fieldsOf, jsonOf, textOf } from "./provider.ts";
import { type Sent, sentBy } from "./sent.ts";

export type RoomTarget = { readonly url: string };

const textMax = 8_000;

export const openRooms = (outgoing: Outgoing) => {
  const post = async ({ url }: RoomTarget, body: object, now: number): Promise<Sent> => {
    const answered = await outgoing.post({
      url,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      reads: true,
    });
    const sent = sentBy(answered, now);
    /* Workflows and what stands before them have been seen to say yes around a no. */
    const said = answered.kind === "answered" ? (answered.body ?? "") : "";
    if (sent.kind === "accepted" && /\b(failed|error)\b/i.test(said))
      return { kind: "later", error: `HTTP 2xx: ${said.slice(0, 200)}`, unknown: false, nobody: false };
    return sent;
  };
  return {
    mattermost: (target: RoomTarget, chat: Chat, { buttonsUrl, now }: { buttonsUrl: string; now: number }) =>
      post(target, mattermostOf(chat, buttonsUrl), now),
    teams: (target: RoomTarget, chat: Chat, { now }: { now: number }) => post(target, teamsOf(chat), now),
  };
};

/** What people wrote must not become a mention of everybody, or a link. */
const plain = (text: string): string => text.replace(/[@\\`*_{}[\]()#+!|<>~-]/g, (sign) => `\\${sign}`);

function mattermostOf({ title, lines, acts, token, links, loud }: Chat, buttonsUrl: string): object {
  const opened = links.map(({ label, url }) => `[${plain(label)}](${url})`);
  return {
    text: plain(title),
    attachments: [
      {
        fallback: title,
        color: loud ? "#c0392b" : "#2c6fbb",
        text: [...lines.map(plain), ...opened].join("\n").slice(0, textMax),
        actions: acts.map(({ act, label }) => ({
          id: act,
          name: label,
          type: "button",
          integration: { url: buttonsUrl, context: { act, token } },
        })),
      },
    ],
  };
}

export function readMattermost(raw: string): Pressed | null {
  const { user_id, context } = fieldsOf(jsonOf(raw));
  const { act, token } = fieldsOf(context);
  return isChatAct(act) ? { who: textOf(user_id) ?? "", act, token: textOf(token) ?? "" } : null;
}

function teamsOf({ title, lines, actUrl, links, loud }: Chat): object {
  const line = (text: string, more: object = {}): object => ({
    type: "TextBlock",
    text: plain(text),
    wrap: true,
    ...more,
  });
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            line(title, { weight: "Bolder", size: "Medium", ...(loud ? { color: "Attention" } : {}) }),
            ...lines.map((text) => line(text, { spacing: "Small" })),
          ],
          actions: [...(actUrl === null ? [] : [actUrl]), ...links].map(({ label, url }) => ({
            type: "Action.OpenUrl",
            title: label,
            url,
          })),
        },
      },
    ],
  };
}
