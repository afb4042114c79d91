/** Answers as mail programs send them, also those that only send HTML: what was written is found, and nothing of what is quoted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ownWords } from "../../core/notification/mail-replies.ts";
import { readMail, textOfHtml } from "./incoming-mail.ts";

const quotedText = "P1 Paie · INC-412<br>Répondez A pour prendre en charge, N pour passer";

const programs: Readonly<Record<string, string>> = {
  Gmail: `<div dir="ltr">OWN</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Le&nbsp;jeu. 26 nov. 2026 à 03:00, Tocsin &lt;<a href="mailto:t@example.org">t@example.org</a>&gt; a écrit&nbsp;:<br></div><blockquote class="gmail_quote" style="margin:0">${quotedText}</blockquote></div>`,
  Outlook: `<html><head><style>p {margin:0}</style></head><body><div class="elementToProof">OWN</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>De :</b> Tocsin<br><b>Envoyé :</b> jeudi<br></font></div><div>${quotedText}</div></body></html>`,
  "Outlook of old": `<p class=MsoNormal>OWN</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> Tocsin &lt;t@example.org&gt;<br><b>Sent:</b> Thursday<br></p></div></div><p>${quotedText}</p>`,
  "Apple Mail": `<html><body>OWN<div><br><blockquote type="cite"><div>Le 26 nov. 2026 à 03:00, Tocsin a écrit&nbsp;:</div><br><div><blockquote>dedans</blockquote>${quotedText}</div></blockquote></div></body></html>`,
  Thunderbird: `<p>OWN</p><div class="moz-cite-prefix">Le 26/11/2026 à 03:00, Tocsin a écrit&nbsp;:<br></div><blockquote type="cite" cite="mid:x"><p>${quotedText}</p></blockquote>`,
  Yahoo: `<div class="yahoo-style-wrap"><div>OWN</div></div><div id="ydp1yahoo_quoted_2" class="yahoo_quoted"><div>On Thursday, Tocsin wrote:</div><div>${quotedText}</div></div>`,
  "below what it answers": `<blockquote type="cite"><blockquote>plus ancien</blockquote>${quotedText}</blockquote><p>OWN</p>`,
  "an unclosed quotation": `<p>OWN</p><blockquote>${quotedText}<blockquote>encore`,
};

for (const [program, html] of Object.entries(programs))
  test(`${program}: what they wrote, whole, and nothing that is quoted`, () => {
    const own = "A<br>J&#39;arrive d&egrave;s que possible&nbsp;: 1 &lt; 2 &amp;amp; fin &#x1F600;";
    const words = ownWords(textOfHtml(html.replace("OWN", own)));
    assert.equal(words, "A\nJ’arrive dès que possible : 1 < 2 &amp; fin 😀");
  });

test("letters by their names in HTML are the letters that they were typed as", () => {
  assert.equal(
    textOfHtml("Accept&eacute;e &Agrave; &ccedil;a &oelig;uvre No&euml;l &laquo;&nbsp;oui&nbsp;&raquo;"),
    "Acceptée À ça œuvre Noël « oui »",
  );
  assert.equal(textOfHtml("&unknown; &#0; &#xD800; &#99999999; a&b"), "&unknown; &#99999999; a&b");
});

test("what is no text is not read: scripts, styles, comments, attributes; and what is written is no markup", () => {
  const hidden = `<style>A {}</style><script>N</script><!-- N --><p title="N">A</p><template>N</template>`;
  assert.equal(textOfHtml(hidden), "A");
  assert.equal(textOfHtml("&lt;script&gt;N&lt;/script&gt;"), "<script>N</script>");
  assert.equal(textOfHtml("<p>A</p><script>never closed N"), "A");
});

test("whatever is sent is read in a moment, and never throws", () => {
  const parts = fc.constantFrom(
    "<blockquote>",
    "</blockquote>",
    "<div class=gmail_quote>",
    "&#",
    "&eacute;",
    "<",
    ">",
    '"',
    "<!--",
    "A",
    "<p ",
  );
  fc.assert(fc.property(fc.array(parts, { maxLength: 400 }), (list) => typeof textOfHtml(list.join("")) === "string"));
  assert.equal(typeof textOfHtml("<div class=".repeat(20_000)), "string");
  assert.equal(typeof textOfHtml(`${"<blockquote ".repeat(20_000)}A`), "string");
});

test("a mail that has only HTML is read; one that has text too is read by its text", async () => {
  const head = ["From: Ana Roy <ana@example.org>", "Message-ID: <1@example.org>", "MIME-Version: 1.0"];
  const html = [
    ...head,
    "Content-Type: text/html; charset=iso-8859-1",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    "<p>Pris =E9 la seconde</p>",
  ];
  const read = async (lines: readonly string[]): Promise<string> =>
    (await readMail(Buffer.from(lines.join("\r\n")))).text;
  assert.equal(await read(html), "Pris é la seconde");
  const both = [
    ...head,
    'Content-Type: multipart/alternative; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "N",
    "--b",
    "Content-Type: text/html",
    "",
    "<p>A</p>",
    "--b--",
  ];
  assert.equal((await read(both)).trim(), "N");
});
