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

test("whoever asks for a language that is on its way waits for the same: what came since is not put back", async () => {
  const [shell, page] = [loadLanguage("en"), loadLanguage("en")];
  assert.equal(shell, page, "one answer");
  await Promise.all([loadPages("en"), page]);
  assert.equal(messagesIn("en").t("kept.restart"), "Start afresh");
});
