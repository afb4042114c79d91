/** Conversations and rooms: through an account of the whole desk (Telegram, Slack), or an address that a room gives out
 *  (Mattermost, Microsoft Teams). */

import type { Given } from "./channels/provider.ts";
import { openRooms, type RoomTarget } from "./channels/rooms.ts";
import type { Sent } from "./channels/sent.ts";
import { openSlack, type SlackAccount } from "./channels/slack.ts";
import { openTelegram, type TelegramAccount } from "./channels/telegram.ts";
import { chatOf } from "./chats.ts";
import { openTarget } from "./contact-store.ts";
import type { Way } from "./effects.ts";
import type { PhoneKnown } from "./phone-ways.ts";
import { findProvider, noteProvider, openAccount, providerName } from "./provider-store.ts";
import { makeReturnToken } from "./return-token.ts";

/** A conversation belongs to the account by which it was proved. */
export type ChatTarget = { readonly providerId: string };

const seats = 20;
const seatsEach = 4;

export function openChatWays(known: PhoneKnown): Way[] {
  const { outgoing, secrets, clock } = known;
  const rooms = openRooms(outgoing);
  const telegram = openTelegram(outgoing);
  const slack = openSlack(outgoing);
  const way = (channel: Way["channel"], send: Way["send"]): Way => ({ channel, seats, seatsEach, send });
  const chat = (message: Parameters<Way["send"]>[1], claimed: Parameters<Way["send"]>[2]) =>
    chatOf(message, makeReturnToken(secrets, claimed.id));
  return [
    way("telegram", (point, message, claimed) =>
      byAccount<TelegramAccount>(known, openTarget<ChatTarget>(secrets, point), (account) =>
        telegram.send(account, point.address, chat(message, claimed)),
      ),
    ),
    way("slack", (point, message, claimed) =>
      byAccount<SlackAccount>(known, openTarget<ChatTarget>(secrets, point), (account) =>
        slack.send(account, point.address, chat(message, claimed)),
      ),
    ),
    way("mattermost", (point, message, claimed) =>
      rooms.mattermost(openTarget<RoomTarget>(secrets, point), chat(message, claimed), {
        buttonsUrl: `${known.url}/channels/mattermost/buttons`,
        now: clock.now(),
      }),
    ),
    way("teams", (point, message, claimed) =>
      rooms.teams(openTarget<RoomTarget>(secrets, point), chat(message, claimed), { now: clock.now() }),
    ),
  ];
}

async function byAccount<Account>(
  { pool, secrets, clock }: PhoneKnown,
  { providerId }: ChatTarget,
  send: (account: Account) => Promise<Given>,
): Promise<Sent> {
  const row = await findProvider(pool, providerId);
  if (!row?.enabled) return { kind: "never", error: "no-provider" };
  if (row.pausedUntil !== null && row.pausedUntil > clock.now())
    return { kind: "later", error: "paused", unknown: false, nobody: false, ofProvider: true };
  const given = await send(openAccount<Account>(secrets, row));
  const blamed = given.kind === "refused" && given.fault !== "recipient" ? given.error : null;
  await noteProvider(pool, row.id, blamed, clock.now());
  if (given.kind === "taken") return { kind: "accepted" };
  const error = `${providerName(row)}: ${given.error}`;
  return given.fault === "recipient"
    ? { kind: "never", error }
    : { kind: "later", error, unknown: given.unknown, nobody: false, ofProvider: true };
}
