/** Files of the incident: proved by their hash, saved by a click, added by a button, a drop or a paste. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { readAttachment } from "#contract/attachments.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { addressOf } from "../client.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import type { Attachment } from "../upload.ts";
import { FilePicker } from "./FilePicker.tsx";
import { fileSize } from "./file-size.ts";
import { filesIn, holdsFiles } from "./file-transfer.ts";
import { attachmentsQuery } from "./queries.ts";
import { UploadLines } from "./UploadLines.tsx";
import { attach, useUploads } from "./uploads.ts";
import "./files.css";

export function Attachments({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const { data, error } = useQuery({ ...attachmentsQuery(view.number), enabled: view.attachments > 0 });
  const uploads = useUploads(view.id).filter(({ state }) => state !== "done");
  const [over, setOver] = useState(false);
  const add = (files: readonly File[]) => attach(client, view, files);
  usePastedFiles(add);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    add(filesIn(event.dataTransfer));
  };
  return (
    <section
      className={over ? "sec attachments over" : "sec attachments"}
      aria-labelledby="attachments"
      onDragOver={(event) => {
        if (!holdsFiles(event.dataTransfer)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <header>
        <h2 id="attachments">{t("files.title")}</h2>
        {view.attachments > 0 && <small className="push">{view.attachments}</small>}
      </header>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {view.attachments > 0 && (
        <ul className="files kept">
          {data?.data.map((one) => (
            <Kept key={one.id} one={one} number={view.number} />
          ))}
        </ul>
      )}
      <UploadLines uploads={uploads} />
      <p className="addfile">
        <FilePicker onAdd={add} />
        <span className="hint">{t("files.hint")}</span>
      </p>
    </section>
  );
}

function Kept({ one, number }: { one: Attachment; number: string }) {
  const words = useWords();
  const { t } = words;
  return (
    <li>
      <a
        className="name"
        href={addressOf(readAttachment.path, { params: { id: number, attachment: one.id } })}
        download={one.name}
      >
        <span className="vh">{t("files.save")} </span>
        {one.name}
      </a>
      <p className="hint">
        {[fileSize(words, one.bytes), one.mediaType, one.addedBy.name, words.moment(one.addedAt)].join(" · ")}
      </p>
      <p className="hint hash">
        <abbr title={t("files.hash")}>{t("files.hash.short")}</abbr> <code title={one.sha256}>{one.sha256}</code>
      </p>
    </li>
  );
}

/** Pasted anywhere on the page; a dialog that is open has its own door. */
function usePastedFiles(add: (files: readonly File[]) => void): void {
  const latest = useRef(add);
  latest.current = add;
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = filesIn(event.clipboardData);
      if (files.length === 0 || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      latest.current(files);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, []);
}
