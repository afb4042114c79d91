import { number } from "#languages/format.ts";
import type { Words } from "../language/words.tsx";

const kiloBytes = 1_024;
const megaBytes = kiloBytes * kiloBytes;

/** In the unit that people would say. */
export function fileSize({ t, language }: Words, bytes: number): string {
  if (bytes < kiloBytes) return t("files.size.bytes", { size: number(bytes, language) });
  if (bytes < megaBytes) return t("files.size.kilobytes", { size: number(Math.round(bytes / kiloBytes), language) });
  return t("files.size.megabytes", { size: number(bytes / megaBytes, language, 1) });
}
