/** Files that will follow the incident once it is recorded. What would be refused is said at once. */
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { whyNotSend } from "../upload.ts";
import { FilePicker } from "./FilePicker.tsx";
import { fileSize } from "./file-size.ts";
import "./files.css";

type Props = {
  files: readonly File[];
  onAdd: (files: readonly File[]) => void;
  onChange: (files: readonly File[]) => void;
};

export function ChosenFiles({ files, onAdd, onChange }: Props) {
  const words = useWords();
  const { t } = words;
  return (
    <section className="chosen" aria-labelledby="chosen-files">
      <h3 className="lab" id="chosen-files">
        {t("files.title")} <small>{t("ui.optional")}</small>
      </h3>
      <p className="addfile">
        <FilePicker onAdd={onAdd} />
        <span className="hint">{t("files.hint")}</span>
      </p>
      <ul className="files">
        {files.map((file, index) => {
          const why = whyNotSend(file);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have all in common
            <li key={index}>
              <span className="name">{file.name}</span>
              <span className="muted">{fileSize(words, file.size)}</span>
              <button className="link" type="button" onClick={() => onChange(files.filter((one) => one !== file))}>
                {t("files.leave-out")}
                <span className="vh"> {file.name}</span>
              </button>
              {why && <Fault>{failureSentence(words, why)}</Fault>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
