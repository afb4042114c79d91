/** Ways of being reached, as a person adds and proves them. */
import assert from "node:assert/strict";
import type { Receiver } from "./receiver.ts";
import type { Answer, Json, Someone, TestWorld } from "./world.ts";

/** This machine is a private network like any other: nothing goes there until an administrator says so. */
export async function openThisMachine(world: TestWorld): Promise<void> {
  const answer = await world.api("PATCH", "/api/v1/settings", { privateAddresses: ["127.0.0.1/32"] });
  assert.equal(answer.status, 200, answer.text);
}

export const contactsOf = (world: TestWorld, person: Someone) => {
  const ask = (method: "GET" | "POST" | "PATCH" | "DELETE", path = "", body?: object): Promise<Answer> =>
    world.api(method, `/api/v1/contact-points${path}`, body, { token: person.token });
  return {
    ask,
    list: async (): Promise<Json[]> => (await ask("GET")).body.data,
    add: async (body: object): Promise<Json> => {
      const answer = await ask("POST", "", body);
      assert.equal(answer.status, 201, answer.text);
      return answer.body;
    },
  };
};

export async function addNtfy(world: TestWorld, person: Someone, receiver: Receiver, more: object = {}): Promise<Json> {
  const contacts = contactsOf(world, person);
  const point = await contacts.add({ kind: "ntfy", server: receiver.url, topic: "ana-phone", ...more });
  await world.settle();
  const code = /\d{4} \d{4}/.exec(receiver.received.at(-1)?.body.title)?.[0];
  return proved(contacts, point, code);
}

export async function addWebhook(world: TestWorld, person: Someone, receiver: Receiver): Promise<Json> {
  const contacts = contactsOf(world, person);
  const point = await contacts.add({ kind: "webhook", url: `${receiver.url}/hooks/a-secret-path` });
  await world.settle();
  return { ...(await proved(contacts, point, receiver.received.at(-1)?.body.data.code)), secret: point.secret };
}

async function proved(contacts: ReturnType<typeof contactsOf>, point: Json, code: string | undefined): Promise<Json> {
  assert.equal(point.state, "to-verify");
  const answer = await contacts.ask("POST", `/${point.id}/verify`, { code });
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.state, "usable");
  return answer.body;
}
