import { useNamed } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";

/** A turn without anybody is said, never left blank. */
export function Holder({ person }: { person: string | null }) {
  const { t } = useWords();
  const { nameOf } = useNamed();
  if (person !== null) return nameOf(person);
  return (
    <span className="nobody">
      <Icon name="fault" size={13} />
      {t("ui.nobody")}
    </span>
  );
}
