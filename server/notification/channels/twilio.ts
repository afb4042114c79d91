/** Twilio (twilio.com/docs): forms in, JSON out, TwiML spoken, and every request of theirs signed with the account's token. A 201
 *  is a yes only with an identifier and without an error inside. */
import { createHmac } from "node:crypto";
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

export type TwilioAccount = {
  readonly server: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
};

/** Of this number: not one, not in service, no mobile, asked for nothing more, not to be called from here. */
const recipientCodes = [21211, 21214, 21217, 21265, 21408, 21610, 21612, 21614, 13223, 13224, 13225];
/** A message that nobody could hand over in this time comes too late to be of use. */
const validSeconds = 1_800;
const ringSeconds = 40;

export function openTwilio(outgoing: Outgoing): Provider<TwilioAccount> {
  const ask = async (account: TwilioAccount, method: "GET" | "POST", path: string, form: URLSearchParams | null) => {
    const basic = Buffer.from(`${account.accountSid}:${account.authToken}`).toString("base64");
    const answered = await outgoing.post({
      url: `${account.server}/2010-04-01/Accounts/${account.accountSid}${path}.json`,
      method,
      headers: {
        authorization: `Basic ${basic}`,
        accept: "application/json",
        ...(form === null ? {} : { "content-type": "application/x-www-form-urlencoded" }),
      },
      body: form?.toString() ?? "",
      reads: true,
      totalTimeoutMs: askTimeoutMs,
    });
    return givenBy(answered);
  };
  return {
    sendText: (account, { to, text, statusUrl }) =>
      ask(
        account,
        "POST",
        "/Messages",
        new URLSearchParams({
          To: to,
          From: account.from,
          Body: text,
          ValidityPeriod: String(validSeconds),
          ...(statusUrl === null ? {} : { StatusCallback: statusUrl }),
        }),
      ),
    call: (account, { to, script, statusUrl, keysUrl }) => {
      const form = new URLSearchParams({
        To: to,
        From: account.from,
        Twiml: twiml(script, keysUrl),
        StatusCallback: statusUrl,
        Timeout: String(ringSeconds),
      });
      for (const event of ["answered", "completed"]) form.append("StatusCallbackEvent", event);
      return ask(account, "POST", "/Calls", form);
    },
    check: (account) => ask(account, "GET", "", null),
    isSigned,
    readState,
    readKeys: (raw) => ({ kind: "key", digits: new URLSearchParams(raw).get("Digits") ?? "" }),
    readText: (raw) => {
      const form = new URLSearchParams(raw);
      return { kind: "text", from: form.get("From") ?? "", text: form.get("Body") ?? "", id: form.get("MessageSid") };
    },
    readSpeech: (raw) => {
      const form = new URLSearchParams(raw);
      return { kind: "speech", text: form.get("SpeechResult") ?? "", id: form.get("CallSid") };
    },
    listenTo: (listening) => ({ type: xml, body: listeningTwiml(listening) }),
    scriptOf: (script, keysUrl) => ({ type: xml, body: twiml(script, keysUrl) }),
    nothing: { type: xml, body: "<Response></Response>" },
  };
}

const xml = "text/xml; charset=utf-8";

function givenBy(answered: Awaited<ReturnType<Outgoing["post"]>>): Given {
  if (answered.kind === "answered" && answered.status < 300) {
    const { sid, status, error_code } = fieldsOf(jsonOf(answered.body));
    const failed = status === "failed" || status === "undelivered" || status === "canceled";
    if (typeof sid === "string" && !failed && (error_code === null || error_code === undefined))
      return { kind: "taken", id: sid };
  }
  return refusedBy(answered, (body) => {
    const { code, error_code, message, error_message, status } = fieldsOf(body);
    const number = textOf(code ?? error_code);
    const words = [number, textOf(message ?? error_message) ?? (number === null ? textOf(status) : null)];
    const said = words.filter((one) => one !== null).join(" ");
    return said === "" ? null : { words: said, recipient: recipientCodes.includes(Number(number)) };
  });
}

/** The address as they asked it, then the fields of the form by name, each with its value (twilio.com/docs/usage/security). */
function isSigned({ authToken }: TwilioAccount, { url, headers, raw }: SignedRequest): boolean {
  const given = headers["x-twilio-signature"];
  if (typeof given !== "string") return false;
  const fields = [...new URLSearchParams(raw)].sort(([a, av], [b, bv]) => (a < b || (a === b && av < bv) ? -1 : 1));
  const signed = url + fields.map(([name, value]) => name + value).join("");
  const expected = createHmac("sha1", authToken).update(signed, "utf8").digest();
  return sameBytes(expected, Buffer.from(given, "base64"));
}

const undelivered = ["undelivered", "failed", "busy", "no-answer", "canceled"];

function readState(raw: string): Told {
  const form = new URLSearchParams(raw);
  const status = form.get("MessageStatus") ?? form.get("CallStatus") ?? "";
  const detail = [status, form.get("ErrorCode")].filter(Boolean).join(" ");
  if (undelivered.includes(status)) return { kind: "state", state: "undelivered", detail };
  if (status === "delivered") return { kind: "state", state: "delivered", detail: null };
  if (status === "in-progress") return { kind: "state", state: "answered", detail: null };
  return { kind: "nothing" };
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

const saidTimes = 2;
const keySeconds = 8;

const sayIn = (language: Script["language"], text: string): string =>
  `<Say language="${voiceOf[language]}">${escaped(text)}</Say>`;

function twiml(script: Script, keysUrl: string): string {
  const say = (text: string): string => sayIn(script.language, text);
  const { lines, keys, goodbye } = script;
  if (keys === null) return `<Response>${[...lines, goodbye].map(say).join("")}<Hangup/></Response>`;
  const gather = `<Gather input="dtmf" numDigits="1" timeout="${keySeconds}" method="POST" action="${escaped(keysUrl)}">${[
    ...lines,
    keys,
  ]
    .map(say)
    .join("")}</Gather>`;
  return `<Response>${gather.repeat(saidTimes)}${say(goodbye)}<Hangup/></Response>`;
}

/** As they said it: words that may offend are words of a record too. Silence is told as well, so that the call goes on. */
function listeningTwiml({ language, line, saidUrl }: Listening): string {
  const { before, silence } = spokenSeconds;
  const how = `input="speech" language="${voiceOf[language]}" timeout="${before}" speechTimeout="${silence}" profanityFilter="false"`;
  const then = `actionOnEmptyResult="true" method="POST" action="${escaped(saidUrl)}"`;
  return `<Response><Gather ${how} ${then}>${sayIn(language, line)}</Gather></Response>`;
}
