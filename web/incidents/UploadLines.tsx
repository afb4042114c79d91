/** Files on their way: how much has left, or why not and what can be done. */
import { useQueryClient } from "@tanstack/react-query";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { fileSize } from "./file-size.ts";
import { attachAgain, forget, type Upload } from "./uploads.ts";
import "./files.css";

export function UploadLines({ uploads }: { uploads: readonly Upload[] }) {
  const { t } = useWords();
  if (uploads.length === 0) return null;
  return (
    <ul className="files" aria-label={t("files.sending")}>
      {uploads.map((one) => (
        <UploadLine key={one.id} upload={one} />
      ))}
    </ul>
  );
}

function UploadLine({ upload }: { upload: Upload }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const { file, state, sent, error } = upload;
  return (
    <li>
      <span className="name">{file.name}</span>
      <span>{fileSize(words, file.size)}</span>
      {state === "done" && (
        <span className="sent">
          <Icon name="check" size={14} />
          {t("files.sent")}
        </span>
      )}
      {(state === "sending" || state === "waiting") && (
        <>
          <progress aria-label={file.name} value={sent} max={Math.max(file.size, 1)} />
          <button className="link" type="button" onClick={() => forget(upload)}>
            {t("ui.cancel")}
            <span className="vh"> {file.name}</span>
          </button>
        </>
      )}
      {state === "failed" && (
        <>
          <Fault>{failureSentence(words, error)}</Fault>
          <button className="link" type="button" onClick={() => attachAgain(client, upload)}>
            {t("files.again")}
            <span className="vh"> {file.name}</span>
          </button>
          <button className="link" type="button" onClick={() => forget(upload)}>
            {t("files.leave-out")}
            <span className="vh"> {file.name}</span>
          </button>
        </>
      )}
    </li>
  );
}
