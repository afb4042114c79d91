/** Attached files: taken as bytes, typed by their content, named without tricks, bounded, recorded by their hash, and given
 *  back to be saved, never shown inside the desk. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { request as ask } from "node:http";
import { before, test } from "node:test";
import { attachmentBytes } from "../../contract/attachments.ts";
import { attachmentBytesMax, fileNameMax, incidentAttachmentsMax } from "../../core/incidents/attaching.ts";
import { verifyRecord } from "../../core/kernel/record.ts";
import { type Answer, type Json, type Someone, startWorld, type TestWorld } from "./world.ts";

let world: TestWorld;
let eve: Someone;
let id = "";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const sha256 = (content: Buffer): string => createHash("sha256").update(content).digest("hex");

before(async () => {
  world = await startWorld({ mail: false, shared: true });
  eve = await world.person("Eve Nolevel", null);
  id = await open("Écran noir");
});

async function open(title: string): Promise<string> {
  return (await world.api("POST", "/api/v1/incidents", { title })).body.id;
}

function attach(
  content: Buffer,
  name: string,
  more: { type?: string; to?: string; token?: string } = {},
): Promise<Answer> {
  return world.api("POST", `/api/v1/incidents/${more.to ?? id}/attachments?name=${encodeURIComponent(name)}`, content, {
    token: more.token ?? eve.token,
    headers: { "content-type": more.type ?? "application/octet-stream" },
  });
}
const path = (file: Json, of = id): string => `/api/v1/incidents/${of}/attachments/${file.id}`;

/** As bytes: the test desk's own client reads text. */
async function download(file: Json): Promise<{ content: Buffer; headers: Answer["headers"] }> {
  const answer = await world.desk.http.inject({
    method: "GET",
    url: path(file),
    headers: { authorization: `Bearer ${eve.token}` },
  });
  assert.equal(answer.statusCode, 200);
  return { content: answer.rawPayload, headers: answer.headers };
}

test("anybody admitted attaches, whatever their level; it is listed, counted, told and given back whole", async () => {
  const content = Buffer.concat([png, randomBytes(900_000)]);
  const answer = await attach(content, "écran noir.png");
  assert.equal(answer.status, 201, answer.text);
  const { id: fileId, addedAt, ...rest } = answer.body;
  assert.match(fileId, /^[0-9a-f-]{36}$/);
  assert.ok(addedAt);
  assert.deepEqual(rest, {
    name: "écran noir.png",
    mediaType: "image/png",
    bytes: content.length,
    sha256: sha256(content),
    addedBy: { id: eve.id, name: eve.name },
  });
  const list = await world.api("GET", `/api/v1/incidents/${id}/attachments`);
  assert.deepEqual(list.body.data, [answer.body]);
  assert.equal((await world.api("GET", `/api/v1/incidents/${id}`)).body.attachments, 1);
  const given = await download(answer.body);
  assert.equal(sha256(given.content), sha256(content));
  const found = await world.api("GET", `/api/v1/search?kind=incident&q=${encodeURIComponent("ecran png")}`);
  assert.equal(found.body.data[0].id, id, "found by the name of its file");
});

test("the record has its hash, its size and its name, never its content; so has the export, which verifies", async () => {
  const { data } = (await world.api("GET", `/api/v1/incidents/${id}/timeline`)).body;
  const entry = data.find((one: Json) => one.type === "attachment.added");
  assert.deepEqual(Object.keys(entry.data).sort(), ["attachmentId", "bytes", "mediaType", "name", "sha256"]);
  assert.equal(entry.actor.name, eve.name);
  const exported = (await world.api("GET", `/api/v1/incidents/${id}/export`)).body;
  assert.ok(JSON.stringify(exported).includes(entry.data.sha256));
  assert.equal(verifyRecord(exported).whole, true);
  assert.ok(!world.logs.some((line) => line.includes("IHDR")));
});

test("S45: the type is what the bytes are, and what a browser would run is bytes", async () => {
  const svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
  const cases: readonly (readonly [string, Buffer, string])[] = [
    ["picture.html", png, "image/png"],
    ["picture.png", Buffer.from("<!doctype html><script>alert(1)</script>"), "application/octet-stream"],
    ["drawing.png", Buffer.from(svg), "application/octet-stream"],
    ["drawing.svg", Buffer.from(`<?xml version="1.0"?>\n${svg}`), "application/octet-stream"],
    ["padded.txt", Buffer.from(`${" ".repeat(600)}\n<html onclick=x>`), "application/octet-stream"],
    ["page.pdf", Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n"), "application/pdf"],
    ["log.exe", Buffer.from("2026-10-15 07:41 Échec de la sauvegarde\n"), "text/plain"],
    ["program.txt", Buffer.from("MZ\u0090\u0000\u0003", "latin1"), "application/octet-stream"],
    ["odd.bin", Buffer.from([0x00, 0xc3, 0x28, 0x01]), "application/octet-stream"],
    ["half.png", png.subarray(0, 3), "application/octet-stream"],
  ];
  for (const [name, content, mediaType] of cases) {
    const answer = await attach(content, name, { type: "text/html" });
    assert.deepEqual([answer.status, answer.body.mediaType], [201, mediaType], `${name}: ${answer.text}`);
    const { headers } = await download(answer.body);
    assert.equal(headers["content-type"], mediaType);
    assert.match(String(headers["content-disposition"]), /^attachment; /);
    assert.match(String(headers["content-security-policy"]), /^sandbox; default-src 'none';/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["cross-origin-resource-policy"], "same-origin");
    assert.equal(headers["cache-control"], "no-store");
  }
});

test("S45: a name is a name: no path, no line break, no direction mark, no device, no end", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["../../etc/passwd", "passwd"],
    ["..\\..\\boot.ini", "boot.ini"],
    ["C:\\temp\\a.txt", "a.txt"],
    ["a\r\nSet-Cookie: x=1.txt", "aSet-Cookie_ x=1.txt"],
    ["invoice\u202Egnp.exe", "invoicegnp.exe"],
    ["zero\u200Bwidth.txt", "zerowidth.txt"],
    ['quote".txt', "quote_.txt"],
    ["a:b|c?.txt", "a_b_c_.txt"],
    [".htaccess", "htaccess"],
    ["con.txt", "_con.txt"],
    ["résumé 😀.txt", "résumé 😀.txt"],
    [`${"é".repeat(400)}.tar.gz`, `${"é".repeat(fileNameMax - 3)}.gz`],
  ];
  for (const [index, [raw, name]] of cases.entries()) {
    const answer = await attach(Buffer.from(`${index}`), raw);
    assert.deepEqual([answer.status, answer.body.name], [201, name], `${raw}: ${answer.text}`);
    const disposition = String((await download(answer.body)).headers["content-disposition"]);
    assert.match(disposition, /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.%!~-]+$/);
    assert.equal(decodeURIComponent(disposition.split("''")[1] ?? ""), name);
  }
  for (const raw of ["..", "/", "\u202e", " . "]) {
    const answer = await attach(Buffer.from("x"), raw);
    assert.deepEqual([answer.status, answer.body.code], [422, "attachment-name-unusable"], JSON.stringify(raw));
  }
});

test("the same file twice is one attachment and one entry", async () => {
  const to = await open("Twice");
  const [first, second] = [await attach(png, "a.png", { to }), await attach(png, "a.png", { to })];
  assert.deepEqual(second.body, first.body);
  assert.equal((await world.api("GET", `/api/v1/incidents/${to}`)).body.attachments, 1);
  const other = await attach(png, "b.png", { to });
  assert.notEqual(other.body.id, first.body.id, "under another name it is another");
});

test("an empty one, none, one too large and one too many are refused, and leave nothing", async () => {
  const to = await open("Bounds");
  assert.equal(attachmentBytes, attachmentBytesMax);
  assert.equal((await attach(Buffer.alloc(0), "empty.txt", { to })).body.code, "attachment-empty");
  const none = await world.api("POST", `/api/v1/incidents/${to}/attachments?name=a`, undefined, { token: eve.token });
  assert.equal(none.body.code, "attachment-empty");
  const large = await attach(Buffer.alloc(attachmentBytesMax + 1), "large.bin", { to });
  assert.deepEqual([large.status, large.body.code], [413, "body-too-large"]);
  const most = await attach(Buffer.alloc(attachmentBytesMax, 7), "most.bin", { to });
  assert.deepEqual([most.status, most.body.bytes], [201, attachmentBytesMax]);
  await world.query(
    "insert into attachments (id, incident_id, name, media_type, bytes, sha256, added_by, begun_at, kept_at) select gen_random_uuid(), $1, 'f' || n, 'text/plain', 1, '', $2, $3, $3 from generate_series(2, $4::int) as n",
    [to, eve.id, new Date(world.desk.clock.now()).toISOString(), incidentAttachmentsMax - 1],
  );
  const last = await Promise.all([
    attach(Buffer.from("1"), "1.txt", { to }),
    attach(Buffer.from("2"), "2.txt", { to }),
  ]);
  assert.deepEqual(last.map(({ status }) => status).sort(), [201, 409], "two at once do not both take the last place");
  const more = await attach(Buffer.from("3"), "3.txt", { to });
  assert.deepEqual([more.status, more.body.code], [409, "attachments-full"]);
  const [left] = await world.query<{ unkept: number; alone: number }>(
    "select (select count(*) from attachments where kept_at is null)::int as unkept, (select count(*) from attachment_chunks where not exists (select 1 from attachments a where a.id = attachment_id))::int as alone",
  );
  assert.deepEqual(left, { unkept: 0, alone: 0 });
});

test("one sent in pieces without end is stopped at the bound, and one whose sender goes away leaves nothing", async () => {
  const address = new URL(await world.listen());
  const send = (pieces: number, hangUp: boolean): Promise<number> =>
    new Promise((done) => {
      const sending = ask(
        {
          host: address.hostname,
          port: address.port,
          method: "POST",
          path: `/api/v1/incidents/${id}/attachments?name=endless.bin`,
          headers: { authorization: `Bearer ${eve.token}`, "transfer-encoding": "chunked" },
        },
        (answer) => {
          answer.resume();
          done(answer.statusCode ?? 0);
          sending.destroy();
        },
      );
      sending.on("error", () => done(0));
      const piece = Buffer.alloc(1024 * 1024, 1);
      let n = 0;
      const next = (): void => {
        if (n === pieces) return void (hangUp ? sending.destroy() : sending.end());
        n += 1;
        if (sending.write(piece)) setImmediate(next);
        else sending.once("drain", next);
      };
      next();
    });
  assert.equal(await send(40, false), 413);
  await send(3, true);
  let unkept = 1;
  for (let tries = 0; unkept > 0 && tries < 200; tries++) {
    const [row] = await world.query<{ n: number }>("select count(*)::int as n from attachments where kept_at is null");
    unkept = row?.n ?? 0;
    await new Promise((done) => setTimeout(done, 20));
  }
  assert.equal(unkept, 0);
});

test("who may not see the incident sees no file of it, and a file is read through its own incident only", async () => {
  const [file] = (await world.api("GET", `/api/v1/incidents/${id}/attachments`)).body.data;
  assert.equal((await world.api("GET", path(file), undefined, { token: null })).status, 401);
  const other = await open("Other");
  assert.equal((await world.api("GET", path(file, other))).body.code, "attachment-unknown");
  assert.equal((await attach(png, "a.png", { to: "INC-2001-000001" })).body.code, "incident-unknown");
  const reader = await world.tokenOf(eve.id, ["read"]);
  assert.equal((await attach(png, "a.png", { token: reader })).body.code, "scope-missing");
  const session = await world.api("POST", `/api/v1/incidents/${id}/attachments?name=a.png`, png, {
    token: eve.token,
    headers: { origin: "https://elsewhere.example", "content-type": "text/plain" },
  });
  assert.equal(session.body.code, "forbidden-origin");
});

test("after its end an incident still takes a file, and elsewhere only JSON is taken", async () => {
  const to = await open("Ended");
  await world.api("POST", `/api/v1/incidents/${to}/dismiss`, { reason: "Nothing" });
  assert.equal((await attach(png, "late.png", { to })).status, 201);
  const plain = await world.api("POST", "/api/v1/incidents", '{"title":"x"}', {
    headers: { "content-type": "text/plain" },
  });
  assert.equal(plain.status, 415);
});
