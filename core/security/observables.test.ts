import assert from "node:assert/strict";
import { test } from "node:test";
import { defanged, guessedKind, hashName, normalised, refanged } from "./observables.ts";

test("what is pasted defanged is what it was", () => {
  for (const [given, meant] of [
    ["hxxps://bad[.]example/a", "https://bad.example/a"],
    ["hXXp://bad(.)example", "http://bad.example"],
    ["h**p://bad.example", "http://bad.example"],
    ["hxxp[:]//bad[dot]example", "http://bad.example"],
    ["hxxp[://]bad.example", "http://bad.example"],
    ["fxp://files[.]example", "ftp://files.example"],
    ["someone[@]bad[.]example", "someone@bad.example"],
    ["someone(at)bad{.}example", "someone@bad.example"],
    ["<203.0.113[.]9>,", "203.0.113.9"],
    ["bad.exam\u200bple", "bad.example"],
  ] as const)
    assert.equal(refanged(given), meant, given);
});

test("a text that is long, and nothing, takes no time", () => {
  const began = performance.now();
  for (let n = 0; n < 20; n++) guessedKind(`x${" ".repeat(2_090)}x`);
  assert.ok(performance.now() - began < 200);
});

test("each kind has one way of writing", () => {
  for (const [kind, given, kept] of [
    ["ip", "203.0.113[.]9", "203.0.113.9"],
    ["ip", "2001:0DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["ip", "2001:db8::1", "2001:db8::1"],
    ["ip", "::FFFF:192.0.2.1", "::ffff:c000:201"],
    ["ip", "::", "::"],
    ["ip", "fe80:0:0:1:0:0:0:2", "fe80:0:0:1::2"],
    ["domain", "Login.BAD[.]Example.", "login.bad.example"],
    ["domain", "été.example", "été.example"],
    ["url", "HXXPS://Bad[.]Example:8443/Path?Q=1", "https://bad.example:8443/Path?Q=1"],
    ["url", "http://[2001:db8:0::1]/x", "http://[2001:db8::1]/x"],
    ["email", "Billing@Bad.Example", "billing@bad.example"],
    [
      "hash",
      "SHA256: E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ],
    ["host", "SRV-FILES01", "srv-files01"],
    ["account", "CORP\\Jdoe", "corp\\jdoe"],
    ["other", "mutex  Global\\abc", "mutex Global\\abc"],
  ] as const)
    assert.equal(normalised(kind, given), kept, given);
});

test("what is none of its kind is none", () => {
  for (const [kind, given] of [
    ["ip", "203.0.113.256"],
    ["ip", "203.0.113"],
    ["ip", "01.2.3.4"],
    ["ip", "2001:db8::1::2"],
    ["ip", "2001:db8:1:2:3:4:5:6:7"],
    ["ip", "1:2:3:4:5:6:7::8:9"],
    ["domain", "localhost"],
    ["domain", "bad..example"],
    ["domain", "10.0.0.1"],
    ["url", "bad.example/path"],
    ["url", "javascript:alert(1)"],
    ["email", "bad.example"],
    ["email", "a@b@c.example"],
    ["hash", "abc"],
    ["hash", "z".repeat(64)],
    ["host", "a host"],
    ["account", " "],
    ["other", ""],
    ["other", "x".repeat(1_001)],
    ["url", `https://a.example/${"x".repeat(2_000)}`],
  ] as const)
    assert.equal(normalised(kind, given), null, `${kind} ${given}`);
});

test("what it looks like is found, and a bare word is left open", () => {
  for (const [given, kind] of [
    ["203.0.113[.]9", "ip"],
    ["d41d8cd98f00b204e9800998ecf8427e", "hash"],
    ["hxxp://bad[.]example", "url"],
    ["a[@]bad[.]example", "email"],
    ["bad[.]example", "domain"],
    ["SRV01", "other"],
  ] as const)
    assert.equal(guessedKind(given), kind, given);
  assert.equal(hashName("d41d8cd98f00b204e9800998ecf8427e"), "MD5");
});

test("it is shown so that nothing follows it, and reads back as it was", () => {
  for (const [kind, value, shown] of [
    ["ip", "203.0.113.9", "203[.]0[.]113[.]9"],
    ["ip", "2001:db8::1", "2001[:]db8::1"],
    ["domain", "bad.example", "bad[.]example"],
    ["url", "https://bad.example/a.b?c=d.e", "hxxps://bad[.]example/a.b?c=d.e"],
    ["email", "a@bad.example", "a[@]bad[.]example"],
    ["host", "srv.corp.example", "srv[.]corp[.]example"],
    ["hash", "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e"],
    ["other", "https://not a link/", "hxxps://not a link/"],
  ] as const) {
    assert.equal(defanged({ kind, value }), shown);
    assert.equal(normalised(kind, shown), value, shown);
  }
});
