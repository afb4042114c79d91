/** A file that is there whole or not at all, whenever the machine stops: keys that a later start depends on. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Readable by its owner alone; its directories are made. */
export function writeWholeFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const begun = `${path}.new`;
  const file = openSync(begun, "w", 0o600);
  writeFileSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(begun, path);
  syncDirectory(dirname(path));
}

/** A name given by renaming is kept once its directory is. */
export function syncDirectory(path: string): void {
  const directory = openSync(path, "r");
  fsyncSync(directory);
  closeSync(directory);
}
