import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drawing, escapeHtml, type Html, html, stylesheet } from "./html.ts";

test("text is escaped, in content and in attributes", () => {
  const name = `<img src=x onerror="a('b')">&`;
  assert.equal(
    String(html`<p title="${name}">${name}</p>`),
    `<p title="${escapeHtml(name)}">&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;</p>`,
  );
});

test("fragments nest, lists join, nothing prints nothing, zero prints", () => {
  assert.equal(
    String(html`<ul>${["a<", "b"].map((one) => html`<li>${one}</li>`)}</ul>`),
    "<ul><li>a&lt;</li><li>b</li></ul>",
  );
  assert.equal(String(html`${null}${undefined}${false}${0}`), "0");
});

test("an object that only looks like a fragment is text", () => {
  const forged = { toString: () => "<script>" } as Html;
  assert.equal(String(html`${forged}`), "&lt;script&gt;");
});

test("line breaks of a value are kept", () => {
  assert.equal(
    String(html`<pre>
      ${"a\n    b"}</pre>`),
    "<pre>\na\n    b</pre>",
  );
});

test("no text makes markup", () => {
  fc.assert(fc.property(fc.string(), (text) => assert.doesNotMatch(String(html`${text}`), /[<>"']/)));
});

test("style sheets and drawings cannot carry anything else", () => {
  assert.throws(() => stylesheet(null, "a{}</style><script>"));
  assert.throws(() => drawing("<svg ><script>x</script></svg>"));
  assert.throws(() => drawing('<svg onload="x"></svg>'));
  assert.match(String(stylesheet('a"b', "a { b: c }")), /^<style nonce="a&quot;b">a\{b: c\}<\/style>$/);
});
