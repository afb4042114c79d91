/** A command as somebody pastes it into a terminal, read as far as our snippets need: quotes, lines that go on, options of
 *  curl. Nothing is run. */
import assert from "node:assert/strict";
import type { Method } from "./world.ts";

/** The words of one command. */
export function shellWords(command: string): string[] {
  const words = [...command.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\[^\n]|[^\s'"\\])+|\\\n/g)]
    .map(([word]) => word)
    .filter((word) => word !== "\\\n");
  return words.map((word) =>
    word.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (_, single, double, escaped) =>
      String(single ?? double ?? escaped),
    ),
  );
}

export type Sent = {
  readonly method: Method;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export function readCurl(command: string): Sent {
  const [program, ...words] = shellWords(command);
  assert.equal(program, "curl", command);
  const headers: Record<string, string> = {};
  let [method, body, address]: [Method | null, string, string] = [null, "", ""];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "-H") {
      const [, name = "", value = ""] = /^([\w-]+): (.*)$/.exec(words.shift() ?? "") ?? [];
      headers[name.toLowerCase()] = value;
    } else if (word === "-X") method = words.shift() as Method;
    else if (word === "-d") body = words.shift() ?? "";
    else {
      assert.equal(address, "", `one address: ${command}`);
      address = word;
    }
  }
  return { method: method ?? (body === "" ? "GET" : "POST"), url: new URL(address), headers, body };
}
