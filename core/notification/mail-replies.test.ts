/** Answers by mail, as mail programs write them: given the call that was sent, when this comes back, then that is done. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnsweredMessage, judgeMail, type MailJudged, mailReplyMs, ownWords } from "./mail-replies.ts";

const at = Date.UTC(2026, 10, 26, 3);
const ana = "ana@example.org";
const called: AnsweredMessage = { kind: "page", number: "412", askedAt: at, person: { addresses: [ana] } };

type When = {
  readonly text?: string;
  readonly from?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly now?: number;
};

const given = (answers: AnsweredMessage | null) => ({
  when: ({ text = "A", from = [ana], headers = {}, now = at + 60_000 }: When) => ({
    thenJudged: (expected: MailJudged) =>
      assert.deepEqual(judgeMail({ mail: { from, headers, text }, answers, now }), expected),
  }),
});

const obeyed = (act: "accept" | "decline" | "note", text = ""): MailJudged => ({
  kind: "obeyed",
  acts: [{ act, text }],
  unasked: false,
});
const note = (text: string): MailJudged => ({ kind: "obeyed", acts: [{ act: "note", text }], unasked: true });
const ignored = (because: "automatic" | "no-call" | "stranger"): MailJudged => ({ kind: "ignored", because });

const quoted = "\n\nLe jeu. 26 nov. 2026 à 03:00, Tocsin <tocsin@example.org> a écrit :\n> P1 Paie · INC-412\n> A N\n";

test("the first line decides, with the words of a text message, in both languages", () => {
  for (const text of ["A", "a 412", "Accepté.", "oui", "Yes", "ACK INC-2026-000412"])
    given(called)
      .when({ text: text + quoted })
      .thenJudged(obeyed("accept"));
  for (const text of ["N", "Non", "no", "Pas moi", "Not me."])
    given(called)
      .when({ text: text + quoted })
      .thenJudged(obeyed("decline"));
  given(called)
    .when({ text: `N je conduis${quoted}` })
    .thenJudged(obeyed("decline", "je conduis"));
  given(called)
    .when({ text: `Non, je conduis\nvoyez Ben${quoted}` })
    .thenJudged(obeyed("decline", "je conduis\nvoyez Ben"));
  given(called)
    .when({ text: `NOTE 412: relancé\nà 3 h${quoted}` })
    .thenJudged(obeyed("note", "relancé\nà 3 h"));
});

test("what is no such word is a note, whole; what follows a word that takes it is one too", () => {
  given(called)
    .when({ text: `No luck with the proxy${quoted}` })
    .thenJudged(note("No luck with the proxy"));
  given(called)
    .when({ text: `A bientôt\nAna${quoted}` })
    .thenJudged(note("A bientôt\nAna"));
  given(called)
    .when({ text: `A\n\nJ’arrive dans 10 minutes.${quoted}` })
    .thenJudged({
      kind: "obeyed",
      acts: [
        { act: "accept", text: "" },
        { act: "note", text: "J’arrive dans 10 minutes." },
      ],
      unasked: false,
    });
});

test("nothing of one's own, or a question mark: how to answer is told, and nothing is done", () => {
  for (const text of ["", quoted, "?", `aide${quoted}`, "-- \nAna Roy\nDSI"])
    given(called).when({ text }).thenJudged({ kind: "told", what: "help" });
});

test("the mail itself says which call is meant: another number is not obeyed, and a day later neither", () => {
  given(called).when({ text: "A 413" }).thenJudged({ kind: "told", what: "other-number", number: "413" });
  given(called).when({ text: "N EX-412" }).thenJudged({ kind: "told", what: "other-number", number: "EX-412" });
  given(called)
    .when({ now: at + mailReplyMs })
    .thenJudged(obeyed("accept"));
  given(called)
    .when({ now: at + mailReplyMs + 1 })
    .thenJudged({ kind: "told", what: "over" });
});

test("only whoever was called, from an address that they proved, and alone", () => {
  given(called)
    .when({ from: ["ben@example.org"] })
    .thenJudged(ignored("stranger"));
  given(called)
    .when({ from: [ana, "ben@example.org"] })
    .thenJudged(ignored("stranger"));
  given(called).when({ from: [] }).thenJudged(ignored("stranger"));
  given({ ...called, person: null })
    .when({})
    .thenJudged(ignored("stranger"));
  given(null).when({}).thenJudged(ignored("no-call"));
});

test("machines are never obeyed: absences, lists, reports, whatever answers by itself", () => {
  for (const headers of [
    { "auto-submitted": "auto-replied" },
    { "auto-submitted": "auto-generated (vacation)" },
    { precedence: "bulk" },
    { precedence: "auto_reply" },
    { "x-autoreply": "yes" },
    { "list-id": "<all.example.org>" },
    { "return-path": "<>" },
    { "content-type": 'multipart/report; report-type="delivery-status"' },
  ])
    given(called).when({ headers }).thenJudged(ignored("automatic"));
  given(called)
    .when({ headers: { "auto-submitted": "no", precedence: "first-class" } })
    .thenJudged(obeyed("accept"));
});

test("what mail programs add is left out, and nothing of what was written", () => {
  for (const added of [
    "\n\nOn Thu, Nov 26, 2026 at 3:00 AM Tocsin <tocsin@example.org> wrote:\n> A",
    "\n\nLe 26 nov. 2026 à 03:00, Tocsin\n<tocsin@example.org> a écrit :\n\n> A",
    "\n\n________________________________\nFrom: Tocsin <tocsin@example.org>\nSent: Thursday",
    "\n\nDe : Tocsin <tocsin@example.org>\nEnvoyé : jeudi",
    "\n\n-----Original Message-----\nFrom: Tocsin",
    "\n\n-- \nAna Roy",
    "\n\nEnvoyé de mon iPhone\n\n> Le 26 nov.",
    "\r\n\r\nSent from my phone",
  ])
    assert.equal(ownWords(`Redémarré le nœud 3.\nTout va.${added}`), "Redémarré le nœud 3.\nTout va.", added);
  assert.equal(ownWords("Le disque est plein:\nje purge\nde 3 à 5 h"), "Le disque est plein:\nje purge\nde 3 à 5 h");
});
