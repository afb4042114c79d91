/** Vonage (developer.vonage.com): JSON in and out, each request under a token that this desk signs with the application's own
 *  key, calls told as a list of steps (NCCO), and every request of theirs under a token that binds its body. */
import { createHash, createHmac, createSign, randomUUID } from "node:crypto";
import type { Outgoing } from "../../platform/outgoing.ts";
import { sameBytes } from "../../platform/secrets.ts";
import {
  askTimeoutMs,
  fieldsOf,
  type Given,
  jsonOf,
  type Listening,
  type Provider,
  refusedBy,
  type Script,
  type SignedRequest,
  spokenSeconds,
  type Told,
  textOf,
  voiceOf,
} from "./provider.ts";

export type VonageAccount = {
  readonly server: string;
  readonly applicationId: string;
  /** Of the application, PEM. */
  readonly privateKey: string;
  readonly signatureSecret: string;
  readonly from: string;
};

const tokenSeconds = 300;
/** Between their clock and ours, and on the way. */
const skewSeconds = 300;
const ringSeconds = 40;
const figures = (number: string): string => number.replace(/^\+/, "");

export function openVonage(outgoing: Outgoing): Provider<VonageAccount> {
  const ask = async (account: VonageAccount, now: number, path: string, body: object | null) => {
    const answered = await outgoing.post({
      url: `${account.server}${path}`,
      method: body === null ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${tokenOf(account, now)}`,
        accept: "application/json",
        ...(body === null ? {} : { "content-type": "application/json" }),
      },
      body: body === null ? "" : JSON.stringify(body),
      reads: true,
      totalTimeoutMs: askTimeoutMs,
    });
    return givenBy(answered, body === null);
  };
  return {
    sendText: (account, { to, text, statusUrl }, now) =>
      ask(account, now, "/v1/messages", {
        channel: "sms",
        message_type: "text",
        to: figures(to),
        from: figures(account.from),
        text,
        sms: { encoding_type: "auto" },
        ...(statusUrl === null ? {} : { webhook_url: statusUrl, webhook_version: "v1" }),
      }),
    call: (account, { to, script, statusUrl, keysUrl }, now) =>
      ask(account, now, "/v1/calls", {
        to: [{ type: "phone", number: figures(to) }],
        from: { type: "phone", number: figures(account.from) },
        ncco: ncco(script, keysUrl),
        event_url: [statusUrl],
        event_method: "POST",
        ringing_timer: ringSeconds,
      }),
    check: (account, now) => ask(account, now, "/v1/calls?page_size=1", null),
    isSigned,
    readState,
    readKeys: (raw) => {
      const { dtmf } = fieldsOf(jsonOf(raw));
      return { kind: "key", digits: textOf(fieldsOf(dtmf).digits) ?? "" };
    },
    readText: (raw) => {
      const { from, text, message_uuid } = fieldsOf(jsonOf(raw));
      const id = textOf(message_uuid);
      return { kind: "text", from: `+${figures(textOf(from) ?? "")}`, text: textOf(text) ?? "", id };
    },
    readSpeech,
    listenTo: (listening) => ({ type: json, body: JSON.stringify(listeningNcco(listening)) }),
    scriptOf: (script, keysUrl) => ({ type: json, body: JSON.stringify(ncco(script, keysUrl)) }),
    nothing: { type: json, body: "[]" },
  };
}

const json = "application/json";

function givenBy(answered: Awaited<ReturnType<Outgoing["post"]>>, checking: boolean): Given {
  if (answered.kind === "answered" && answered.status < 300) {
    const { message_uuid, uuid, _embedded } = fieldsOf(jsonOf(answered.body));
    const id = textOf(message_uuid ?? uuid);
    if (id !== null) return { kind: "taken", id };
    if (checking && _embedded !== undefined) return { kind: "taken", id: "" };
  }
  return refusedBy(answered, (body) => {
    const { title, detail, error_title, invalid_parameters } = fieldsOf(body);
    const said = [textOf(title ?? error_title), textOf(detail)].filter((one) => one !== null).join(": ");
    const wrong = Array.isArray(invalid_parameters) ? invalid_parameters.map((one) => textOf(fieldsOf(one).name)) : [];
    return said === "" ? null : { words: said, recipient: wrong.includes("to") };
  });
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function tokenOf({ applicationId, privateKey }: VonageAccount, now: number): string {
  const iat = Math.floor(now / 1_000);
  const claims = { application_id: applicationId, iat, exp: iat + tokenSeconds, jti: randomUUID() };
  const signed = `${encoded({ alg: "RS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey).toString("base64url")}`;
}

/** HS256 under the account's signature secret, fresh, and for this very body. */
function isSigned(account: VonageAccount, { headers, raw, now }: SignedRequest): boolean {
  const { authorization } = headers;
  const [, head = "", body = "", mac = ""] =
    /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(typeof authorization === "string" ? authorization : "") ?? [];
  if (fieldsOf(jsonOf(Buffer.from(head, "base64url").toString())).alg !== "HS256") return false;
  const expected = createHmac("sha256", account.signatureSecret).update(`${head}.${body}`).digest();
  if (!sameBytes(expected, Buffer.from(mac, "base64url"))) return false;
  const claims = fieldsOf(jsonOf(Buffer.from(body, "base64url").toString()));
  const fresh = Math.abs(Number(claims.iat) - now / 1_000) <= skewSeconds;
  const ours = claims.application_id === undefined || claims.application_id === account.applicationId;
  const hash = createHash("sha256").update(raw, "utf8").digest("hex");
  return fresh && ours && claims.payload_hash === hash;
}

const undelivered = ["rejected", "undeliverable", "busy", "failed", "unanswered", "timeout", "cancelled"];

function readState(raw: string): Told {
  const { status, error, detail: why } = fieldsOf(jsonOf(raw));
  const said = textOf(status) ?? "";
  const detail = [said, textOf(fieldsOf(error).title) ?? textOf(why)].filter(Boolean).join(" ");
  if (undelivered.includes(said)) return { kind: "state", state: "undelivered", detail };
  if (said === "delivered") return { kind: "state", state: "delivered", detail: null };
  if (said === "answered") return { kind: "state", state: "answered", detail: null };
  return { kind: "nothing" };
}

/** The guess that they are surest of comes first; silence has none. */
function readSpeech(raw: string): Told {
  const { speech, uuid } = fieldsOf(jsonOf(raw));
  const { results } = fieldsOf(speech);
  const [best] = Array.isArray(results) ? results : [];
  return { kind: "speech", text: textOf(fieldsOf(best).text) ?? "", id: textOf(uuid) };
}

function listeningNcco({ language, line, saidUrl }: Listening): object[] {
  const { most, before, silence } = spokenSeconds;
  return [
    { action: "talk", text: line, language: voiceOf[language], bargeIn: false },
    {
      action: "input",
      type: ["speech"],
      speech: { language: voiceOf[language], startTimeout: before, endOnSilence: silence, maxDuration: most },
      eventUrl: [saidUrl],
    },
  ];
}

const keySeconds = 8;

/** Keys are heard while it speaks. What comes after the input is for the answer to say: without a key it is asked again there. */
function ncco({ language, lines, keys, goodbye }: Script, keysUrl: string): object[] {
  const talk = (text: string, bargeIn: boolean): object => ({
    action: "talk",
    text,
    language: voiceOf[language],
    ...(bargeIn ? { bargeIn } : {}),
  });
  if (keys === null) return [...lines, goodbye].map((text) => talk(text, false));
  const spoken = [...lines, keys].join(" ");
  return [
    talk(spoken, true),
    { action: "input", type: ["dtmf"], dtmf: { maxDigits: 1, timeOut: keySeconds }, eventUrl: [keysUrl] },
  ];
}
