/** The far end of calls and text messages: two real HTTP servers that check each request as Twilio and as Vonage would, answer in
 *  their forms, and sign what they tell of later. */
import assert from "node:assert/strict";
import { createHash, createHmac, createVerify, generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { closeAtEnd } from "./cluster.ts";
import type { Answer, Json, TestWorld } from "./world.ts";

export type Taken = { readonly path: string; readonly fields: Json };
/** What is answered instead of a yes. `hang` answers nothing at all. */
export type Trouble = { readonly status: number; readonly body: string; readonly headers?: object } | "hang" | null;

export type FakeCarrier = {
  readonly url: string;
  /** What was asked and found in order, oldest first. */
  readonly taken: Taken[];
  /** How often anything was asked, whatever was answered. */
  readonly asked: () => number;
  trouble: (path: string) => Trouble;
  readonly close: () => Promise<void>;
};

type Judge = (request: IncomingMessage, raw: string) => { readonly fields: Json } | { readonly refused: Trouble };

async function openCarrier(
  judge: Judge,
  yes: (fields: Json, path: string) => object,
  yesStatus: number,
): Promise<FakeCarrier> {
  const taken: Taken[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked += 1;
      const path = request.url ?? "";
      const trouble = carrier.trouble(path);
      if (trouble !== null) return give(response, trouble);
      const judged = judge(request, Buffer.concat(chunks).toString("utf8"));
      if ("refused" in judged) return give(response, judged.refused);
      taken.push({ path, fields: judged.fields });
      const status = request.method === "GET" ? 200 : yesStatus;
      give(response, { status, body: JSON.stringify(yes(judged.fields, path)) });
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const carrier: FakeCarrier = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    asked: () => asked,
    trouble: () => null,
    close: async () => {
      ended();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
  const ended = closeAtEnd(() => carrier.close());
  return carrier;
}

function give(response: ServerResponse, trouble: Trouble): void {
  if (trouble === "hang" || trouble === null) return;
  response.writeHead(trouble.status, { "content-type": "application/json", ...trouble.headers }).end(trouble.body);
}

const phone = /^\+[1-9]\d{6,14}$/;

export const twilioAccount = {
  accountSid: `AC${"0123456789abcdef".repeat(2)}`,
  authToken: "twilio-token-of-tests",
  from: "+15145550100",
};

const twilioError = (status: number, code: number, message: string): { refused: Trouble } => ({
  refused: { status, body: JSON.stringify({ code, message, more_info: "https://www.twilio.com/docs/errors", status }) },
});

export const openFakeTwilio = (): Promise<FakeCarrier> =>
  openCarrier(
    (request, raw) => {
      const { accountSid, authToken } = twilioAccount;
      const basic = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
      if (request.headers.authorization !== basic) return twilioError(401, 20003, "Authenticate");
      const base = `/2010-04-01/Accounts/${accountSid}`;
      if (request.method === "GET")
        return request.url === `${base}.json` ? { fields: {} } : twilioError(404, 20404, "?");
      if (request.headers["content-type"] !== "application/x-www-form-urlencoded")
        return twilioError(415, 20001, "Unsupported media type");
      const fields = Object.fromEntries(new URLSearchParams(raw));
      if (!phone.test(fields.To ?? "")) return twilioError(400, 21211, `The 'To' number ${fields.To} is not valid.`);
      if (!phone.test(fields.From ?? "")) return twilioError(400, 21606, "The From number is not valid.");
      if (request.url === `${base}/Messages.json`)
        return fields.Body ? { fields } : twilioError(400, 21602, "Message body is required.");
      if (request.url !== `${base}/Calls.json`) return twilioError(404, 20404, "The resource was not found");
      if (!fields.Twiml?.startsWith("<Response>") || fields.Twiml.length > 4_000)
        return twilioError(400, 21205, "Twiml is not valid");
      return { fields };
    },
    (fields, path) =>
      path.endsWith("Calls.json")
        ? { sid: `CA${"0".repeat(32)}`, status: "queued", to: fields.To }
        : { sid: `SM${"0".repeat(32)}`, status: "queued", error_code: null, error_message: null, to: fields.To },
    201,
  );

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2_048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

export const vonageAccount = {
  applicationId: "11111111-2222-4333-8444-555555555555",
  privateKey: keys.privateKey,
  signatureSecret: "vonage-signature-secret",
  from: "+14385550100",
};

const vonageError = (status: number, title: string, detail: string, more: object = {}): { refused: Trouble } => ({
  refused: {
    status,
    body: JSON.stringify({ type: "https://developer.vonage.com/api-errors", title, detail, ...more }),
  },
});

/** `now`: their clock, which is that of the desk under test. */
export const openFakeVonage = (now: () => number): Promise<FakeCarrier> =>
  openCarrier(
    (request, raw) => {
      const [, signed = "", mac = ""] =
        /^Bearer ([\w-]+\.[\w-]+)\.([\w-]+)$/.exec(request.headers.authorization ?? "") ?? [];
      const genuine = createVerify("RSA-SHA256").update(signed).verify(keys.publicKey, Buffer.from(mac, "base64url"));
      if (!genuine) return vonageError(401, "Unauthorized", "You did not provide correct credentials.");
      const claims = JSON.parse(Buffer.from(signed.split(".")[1] ?? "", "base64url").toString());
      const seconds = now() / 1_000;
      if (claims.application_id !== vonageAccount.applicationId || claims.exp < seconds || claims.iat > seconds + 30)
        return vonageError(401, "Unauthorized", "The token is not good.");
      if (request.method === "GET") return { fields: {} };
      const fields = JSON.parse(raw);
      const to = request.url === "/v1/calls" ? fields.to?.[0]?.number : fields.to;
      if (!/^[1-9]\d{6,14}$/.test(to ?? ""))
        return vonageError(422, "Invalid params", "Invalid value", {
          invalid_parameters: [{ name: "to", reason: "not a number" }],
        });
      if (request.url === "/v1/messages")
        return fields.channel === "sms" && fields.message_type === "text" && fields.text
          ? { fields }
          : vonageError(422, "Invalid params", "The value of one or more parameters is invalid.");
      if (request.url !== "/v1/calls") return vonageError(404, "Not found", "No such resource");
      return Array.isArray(fields.ncco) ? { fields } : vonageError(400, "Bad request", "ncco is required");
    },
    (_fields, path) =>
      path.startsWith("/v1/calls?")
        ? { count: 0, _embedded: { calls: [] } }
        : path === "/v1/calls"
          ? { uuid: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", status: "started", direction: "outbound" }
          : { message_uuid: "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab" },
    202,
  );

/** What Twilio posts later, signed with the account's token over the very address. */
export async function twilioTells(world: TestWorld, url: string, fields: Record<string, string>): Promise<Answer> {
  const signed =
    url +
    Object.keys(fields)
      .sort()
      .map((name) => name + fields[name])
      .join("");
  const signature = createHmac("sha1", twilioAccount.authToken).update(signed).digest("base64");
  return world.api("POST", url.replace(world.config.url, ""), new URLSearchParams(fields).toString(), {
    token: null,
    headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature },
  });
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export async function vonageTells(world: TestWorld, url: string, body: object, more: object = {}): Promise<Answer> {
  const raw = JSON.stringify(body);
  const claims = {
    iss: "Vonage",
    iat: Math.floor(world.desk.clock.now() / 1_000),
    jti: "1",
    api_key: "abcd1234",
    application_id: vonageAccount.applicationId,
    payload_hash: createHash("sha256").update(raw).digest("hex"),
    ...more,
  };
  const signed = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
  const mac = createHmac("sha256", vonageAccount.signatureSecret).update(signed).digest("base64url");
  return world.api("POST", url.replace(world.config.url, ""), raw, {
    token: null,
    headers: { authorization: `Bearer ${signed}.${mac}` },
  });
}

export async function addProvider(world: TestWorld, kind: "twilio" | "vonage", carrier: FakeCarrier): Promise<Json> {
  const account = kind === "twilio" ? twilioAccount : vonageAccount;
  const answer = await world.api("POST", "/api/v1/providers", { kind, server: carrier.url, ...account });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

/** The text of the last message that left, whoever carried it. */
export const lastText = (carrier: FakeCarrier): string => {
  const fields = carrier.taken.at(-1)?.fields;
  return fields?.Body ?? fields?.text ?? "";
};
