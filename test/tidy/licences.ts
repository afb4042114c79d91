/** What is installed with Tocsin may be given on with it: permissive licences, and weak copyleft that stays in its files. */
import { readFileSync } from "node:fs";
import type { Rule, Source } from "./source.ts";

const allowed = [
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "MPL-2.0",
  "CC0-1.0",
  "BlueOak-1.0.0",
  "Python-2.0",
  "PSF-2.0",
  /* Data: what is given on says whose they are (NOTICE). */
  "CC-BY-3.0",
  "Unlicense",
  "PostgreSQL",
  "Zlib",
  "Unicode-3.0",
  "Unicode-DFS-2016",
];

type Locked = { readonly dev?: boolean; readonly license?: string };
type Installed = { readonly license?: string | { readonly type?: string } };

/** An expression of SPDX, without exceptions: one side of OR is enough, AND needs both. */
export function isAllowed(expression: string): boolean {
  const bare = expression.trim().replace(/^\((.*)\)$/, "$1");
  if (/ OR /.test(bare)) return bare.split(" OR ").some((one) => isAllowed(one.replace(/[()]/g, "")));
  return bare.split(" AND ").every((one) => allowed.includes(one.replace(/[()]/g, "").trim()));
}

export function licenceRule(root: string): Rule {
  return {
    name: "licences of what is installed are in the allow-list",
    wayOut: "choose another package, or add the licence here with a decision that says why it may be given on",
    check: (files: readonly Source[]) => {
      const lock = files.find((file) => file.path === "package-lock.json");
      if (!lock) return [];
      const { packages } = JSON.parse(lock.text) as { packages: Readonly<Record<string, Locked>> };
      return Object.entries(packages).flatMap(([path, locked]) => {
        if (path === "" || locked.dev === true) return [];
        const licence = installedLicence(`${root}/${path}/package.json`) ?? locked.license ?? "none";
        return isAllowed(licence) ? [] : [`package-lock.json: ${path} is under ${licence}`];
      });
    },
  };
}

/** What the package itself says; null for one that this machine did not install. */
function installedLicence(path: string): string | null {
  try {
    const { license } = JSON.parse(readFileSync(path, "utf8")) as Installed;
    return typeof license === "string" ? license : (license?.type ?? null);
  } catch {
    return null;
  }
}
