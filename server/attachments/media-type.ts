/** What a file is, from its first bytes: never from its name, nor from what its sender says. Served under one of these
 *  types or as bytes; what a browser would run (HTML, SVG, scripts) is bytes, whatever it begins with. */
import { fileTypeFromBuffer } from "file-type";

/** What `file-type` asks for to know nearly all it knows. Nothing is unpacked beyond them. */
export const sampleBytes = 4_100;

export const unknownType = "application/octet-stream";

const served = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/heic",
  "image/tiff",
  "image/bmp",
  "application/pdf",
  "application/zip",
  "application/gzip",
  "application/x-7z-compressed",
  "application/x-tar",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "application/vnd.oasis.opendocument.text",
  "application/vnd.oasis.opendocument.spreadsheet",
  "application/vnd.oasis.opendocument.presentation",
  "application/vnd.tcpdump.pcap",
  "audio/mpeg",
  "audio/ogg",
  "audio/wav",
  "audio/mp4",
  "video/mp4",
  "video/webm",
  "video/quicktime",
]);

export async function mediaTypeOf(sample: Buffer): Promise<string> {
  /* A file made to mislead the reader of its type is bytes. */
  const found = await fileTypeFromBuffer(sample).catch(() => undefined);
  if (found) return served.has(found.mime) ? found.mime : unknownType;
  return isText(sample) && !looksLikeMarkup(sample) ? "text/plain" : unknownType;
}

/** What no text has: control characters, but those of lines and, in the logs of terminals, escape. */
const unprintable = /\p{Cc}/u;
const ordinary = /[\t\n\v\f\r\u{85}]|\p{Cc}\[/gu;

/** UTF-8 without control characters, but for the last character, which the sample may cut. */
function isText(sample: Buffer): boolean {
  const whole = sample.length < sampleBytes ? sample : sample.subarray(0, sample.length - 4);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(whole, { stream: true });
    return text.length > 0 && !unprintable.test(text.replace(ordinary, ""));
  } catch {
    return false;
  }
}

const looksLikeMarkup = (sample: Buffer): boolean => /<\s*[!?/a-z]/i.test(sample.toString("latin1"));
