/** Commands on incidents in somebody's name, with all that follows of them carried out. */
import assert from "node:assert/strict";
import type { Answer, Json, Someone, TestWorld } from "./world.ts";

/** `world`: as it stands when it is asked, since it is made before the first test. */
export function actingIn(world: () => TestWorld) {
  const ask = async (id: string, command: string, body: object, by: Someone): Promise<Answer> => {
    const answer = await world().api("POST", `/api/v1/incidents/${id}/${command}`, body, { token: by.token });
    await world().settle();
    return answer;
  };
  /** Done: gives the incident as it is then. */
  const act = async (id: string, command: string, body: object, by: Someone): Promise<Json> => {
    const answer = await ask(id, command, body, by);
    assert.equal(answer.status, 200, `${command}: ${answer.text}`);
    return answer.body;
  };
  return { ask, act };
}
