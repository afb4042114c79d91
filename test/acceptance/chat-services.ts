/** The far end of conversations and rooms: one real HTTP server that checks each request as Telegram, Slack, Mattermost and a workflow
 *  of Microsoft Teams would, and answers in their forms. */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { closeAtEnd } from "./cluster.ts";
import type { Answer, Json, TestWorld } from "./world.ts";

export const botToken = "123456789:AAExampleExampleExampleExample";
export const slackAccount = { botToken: "xoxb-1234567890-example", signingSecret: "slack-signing-secret" };

export type Said = { readonly path: string; readonly body: Json };
export type Reply = { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };

export type ChatServices = {
  readonly url: string;
  /** What was asked and found in order. */
  readonly said: Said[];
  /** The address and the secret that Telegram was given. */
  readonly webhook: { url: string; secret: string };
  /** `hang` answers nothing at all. */
  trouble: (path: string) => Reply | "hang" | null;
};

const json = (status: number, body: object): Reply => ({ status, body: JSON.stringify(body) });

export async function openChatServices(): Promise<ChatServices> {
  const said: Said[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}");
      const trouble = services.trouble(path);
      if (trouble === "hang") return;
      const answer = trouble ?? judge(services, path, body, request.headers.authorization ?? "");
      if (answer.status < 300 && !answer.body.includes('"ok":false')) said.push({ path, body });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const services: ChatServices = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    said,
    webhook: { url: "", secret: "" },
    trouble: () => null,
  };
  const ended = closeAtEnd(async () => {
    ended();
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  });
  return services;
}

function judge(services: ChatServices, path: string, body: Json, authorization: string): Reply {
  if (path.startsWith("/bot")) return telegram(services, path, body);
  if (path.startsWith("/api/")) return slack(path, body, authorization);
  if (path.startsWith("/answered/")) return { status: 200, body: "ok" };
  if (path.startsWith("/hooks/")) return mattermost(body);
  return teams(body);
}

function telegram(services: ChatServices, path: string, body: Json): Reply {
  const wrong = (error_code: number, description: string) => json(error_code, { ok: false, error_code, description });
  if (!path.startsWith(`/bot${botToken}/`)) return wrong(401, "Unauthorized");
  const method = path.split("/").at(-1);
  if (method === "getMe") return json(200, { ok: true, result: { id: 123456789, is_bot: true } });
  if (method === "setWebhook") {
    if (!/^[\w-]{1,256}$/.test(body.secret_token))
      return wrong(400, "Bad Request: secret token contains illegal characters");
    Object.assign(services.webhook, { url: body.url, secret: body.secret_token });
    return json(200, { ok: true, result: true });
  }
  const buttons: Json[] = body.reply_markup?.inline_keyboard?.flat() ?? [];
  if (buttons.some((one) => one.callback_data && Buffer.byteLength(one.callback_data) > 64))
    return wrong(400, "Bad Request: BUTTON_DATA_INVALID");
  if (!/^-?\d+$/.test(body.chat_id) || body.chat_id === "404") return wrong(400, "Bad Request: chat not found");
  return body.text
    ? json(200, { ok: true, result: { message_id: 1 } })
    : wrong(400, "Bad Request: message text is empty");
}

function slack(path: string, body: Json, authorization: string): Reply {
  if (authorization !== `Bearer ${slackAccount.botToken}`) return json(200, { ok: false, error: "invalid_auth" });
  if (path === "/api/auth.test") return json(200, { ok: true, team: "T1" });
  if (path !== "/api/chat.postMessage") return json(200, { ok: false, error: "unknown_method" });
  if (body.channel === "C0000GONE") return json(200, { ok: false, error: "channel_not_found" });
  const elements: Json[] = body.blocks.flatMap((block: Json) => block.elements ?? []);
  const sound = elements.every((one) => one.type === "button" && one.action_id && one.text.text.length <= 75);
  return sound && body.text
    ? json(200, { ok: true, channel: body.channel, ts: "1" })
    : json(200, { ok: false, error: "invalid_blocks" });
}

function mattermost(body: Json): Reply {
  const actions: Json[] = body.attachments?.[0]?.actions ?? [];
  const sound = actions.every((one) => /^[a-zA-Z0-9]+$/.test(one.id) && one.name && URL.canParse(one.integration?.url));
  return body.text && sound ? { status: 200, body: "ok" } : json(400, { message: "Invalid webhook payload." });
}

function teams(body: Json): Reply {
  const [one] = body.attachments ?? [];
  const card = one?.content;
  const sound =
    body.type === "message" &&
    one?.contentType === "application/vnd.microsoft.card.adaptive" &&
    card?.type === "AdaptiveCard" &&
    card.body.every((block: Json) => block.type === "TextBlock" && typeof block.text === "string") &&
    card.actions.every((action: Json) => action.type === "Action.OpenUrl" && URL.canParse(action.url));
  return sound ? { status: 202, body: "" } : json(400, { error: { code: "InvalidBotAdaptiveCard" } });
}

export const telegramTells = (world: TestWorld, services: ChatServices, update: object): Promise<Answer> =>
  world.api("POST", services.webhook.url.replace(world.config.url, ""), update, {
    token: null,
    headers: { "x-telegram-bot-api-secret-token": services.webhook.secret },
  });

export async function slackTells(
  world: TestWorld,
  returnUrl: string,
  payload: object,
  secret = slackAccount.signingSecret,
) {
  const raw = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const at = String(Math.floor(world.desk.clock.now() / 1_000));
  const mac = createHmac("sha256", secret).update(`v0:${at}:${raw}`).digest("hex");
  return world.api("POST", returnUrl.replace(world.config.url, ""), raw, {
    token: null,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": at,
      "x-slack-signature": `v0=${mac}`,
    },
  });
}

export async function addChatProvider(
  world: TestWorld,
  kind: "telegram" | "slack",
  services: ChatServices,
): Promise<Json> {
  const account = kind === "telegram" ? { botToken } : slackAccount;
  const answer = await world.api("POST", "/api/v1/providers", { kind, server: services.url, ...account });
  assert.equal(answer.status, 201, answer.text);
  const tried = await world.api("POST", `/api/v1/providers/${answer.body.id}/try`);
  assert.equal(tried.body.lastError, null);
  return answer.body;
}
