/** The door of files. `fetch` cannot say how much of a body has left, so a file goes by XMLHttpRequest; its answer and its
 *  failures are those of every other call. */
import type { z } from "zod";
import { addAttachment, attachmentBytes } from "#contract/attachments.ts";
import { addressOf, failureFrom, localFailure } from "./client.ts";
import { readLocale } from "./ui/preferences.ts";

export type Attachment = z.output<typeof addAttachment.output>;

/** Refused before a byte is sent: a server that stops reading looks like a broken line. */
export function whyNotSend({ size }: Pick<File, "size">): Error | null {
  if (size === 0) return localFailure("file-empty");
  return size > attachmentBytes ? localFailure("file-too-large") : null;
}

type Sending = {
  readonly incident: string;
  readonly file: File;
  /** Bytes that have left. */
  readonly onProgress: (bytes: number) => void;
  readonly signal: AbortSignal;
};

export function sendFile({ incident, file, onProgress, signal }: Sending): Promise<Attachment> {
  const request = new XMLHttpRequest();
  const address = addressOf(addAttachment.path, { params: { id: incident }, query: { name: file.name } });
  return new Promise((resolve, reject) => {
    request.open("POST", address);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("accept-language", readLocale());
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onerror = () => reject(localFailure("network-unreachable"));
    request.onabort = () => reject(localFailure("network-unreachable"));
    request.onload = () => {
      const answer = jsonOf(request.responseText);
      if (request.status < 200 || request.status > 299) return reject(refusalOf(answer, request.status));
      const parsed = addAttachment.output.safeParse(answer);
      if (parsed.success) resolve(parsed.data);
      else reject(localFailure("answer-not-understood"));
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The sentence of a body that is too large speaks of no file. */
function refusalOf(answer: unknown, status: number): Error {
  return status === 413 ? localFailure("file-too-large") : failureFrom(answer, status);
}
