/** A certificate authority of our own, made by openssl: what stands between real clients and a desk on this machine is then
 *  the same TLS as anywhere. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const noOpenssl: string | false =
  spawnSync("openssl", ["version"]).status === 0 ? false : "no openssl to make certificates with";

export type Authority = {
  /** What clients are told to trust. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
};

/** `names`: as in a certificate, `DNS:localhost` or `IP:127.0.0.1`. */
export function makeAuthority(home: string, names: readonly string[]): Authority {
  const at = (name: string): string => join(home, name);
  const [ca, caKey, cert, key] = [at("ca.pem"), at("ca.key"), at("cert.pem"), at("cert.key")];
  const fresh = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  openssl([...fresh, "-keyout", caKey, "-out", ca, "-subj", "/CN=Authority of this test"]);
  openssl(
    [...fresh, "-CA", ca, "-CAkey", caKey, "-keyout", key, "-out", cert, "-subj", "/CN=localhost"].concat([
      "-addext",
      `subjectAltName=${names.join(",")}`,
      "-addext",
      "basicConstraints=critical,CA:FALSE",
      "-addext",
      "extendedKeyUsage=serverAuth",
    ]),
  );
  return { ca, cert, key };
}

function openssl(words: readonly string[]): void {
  const made = spawnSync("openssl", [...words], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
}
