import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";

/** The browser's own field, drawn as our buttons are. */
export function FilePicker({ onAdd }: { onAdd: (files: readonly File[]) => void }) {
  const { t } = useWords();
  return (
    <label className="btn s picker">
      <Icon name="plus" size={14} />
      {t("files.choose")}
      <input
        className="vh"
        type="file"
        multiple
        onChange={(event) => {
          onAdd([...(event.target.files ?? [])]);
          /* The same file may be chosen again. */
          event.target.value = "";
        }}
      />
    </label>
  );
}
