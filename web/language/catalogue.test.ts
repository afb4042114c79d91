import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";
import { loadLanguage, loadPages, type MessageId, messagesIn } from "./catalogue.ts";

let cut = false;
registerHooks({
  resolve: (specifier, context, next) => {
    if (cut && /pages-fr/.test(specifier)) throw new Error("the network is gone");
    return next(specifier, context);
  },
});

const arrives = (id: string): string => messagesIn("fr").t(id as MessageId);

test("words that did not come at first are no longer missed once they have come", async () => {
  await loadLanguage("fr");
  cut = true;
  await loadPages("fr");
  cut = false;
  await loadPages("fr");
  assert.equal(arrives("kept.restart"), "Recommencer à neuf");
  assert.throws(
    () => arrives("no.such.word"),
    (error: unknown) => !/did not arrive/.test(String(error)),
  );
});
