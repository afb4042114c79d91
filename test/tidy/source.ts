/** What the rules read: files as path and text, so that a rule runs on the repository and on a three-line sample alike. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export type Source = { readonly path: string; readonly text: string };

export type Rule = {
  readonly name: string;
  /** What to do about it, said under each failure. */
  readonly wayOut: string;
  /** One line for each violation, beginning with the file. */
  readonly check: (files: readonly Source[]) => string[];
};

const binary = /\.(png|jpe?g|gif|ico|webp|woff2?|pdf|gz|zip|eml|bin)$/;

/** Every file a commit could hold: tracked, and new ones that are not ignored. */
export function repositoryFiles(root: string): Source[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 16 * 1024 * 1024,
  });
  const files: Source[] = [];
  for (const path of [...new Set(listed.split("\0"))].sort()) {
    if (path === "" || binary.test(path)) continue;
    const text = readIfThere(`${root}/${path}`);
    if (text !== null) files.push({ path, text });
  }
  return files;
}

/** A file that is deleted but still tracked is no violation of anything. */
function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

export const isCode = (path: string): boolean => /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx)$/.test(path);
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith("test/");
export const isFixture = (path: string): boolean => /(^|\/)fixtures\//.test(path);
export const isUnder = (path: string, ...folders: string[]): boolean =>
  folders.some((folder) => path.startsWith(`${folder}/`));

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
export const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const stemOf = (path: string): string => fileName(path).replace(/(\.test)?\.[a-z]+$/, "");

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;
export const lineCount = (text: string): number => text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
export const at = (file: Source, offset: number, what: string): string =>
  `${file.path}:${lineAt(file.text, offset)} ${what}`;
