/** A name in each language: pages, mails and search speak both. The reader's own comes first. */
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { errorAt } from "./FormPanel.tsx";

type Names = { readonly nameFr: string; readonly nameEn: string };
type Props = { draft: Names; set: (part: Partial<Names>) => void; error: unknown };

const fields = { fr: "nameFr", en: "nameEn" } as const;

export function NamesFields({ draft, set, error }: Props) {
  const { t, language } = useWords();
  const order = language === "fr" ? (["fr", "en"] as const) : (["en", "fr"] as const);
  return (
    <div className="two">
      {order.map((one, index) => (
        <TextField
          key={one}
          label={t(`names.${one}`)}
          value={draft[fields[one]]}
          onChange={(name) => set({ [fields[one]]: name })}
          error={errorAt(error, `/${fields[one]}`)}
          maxLength={200}
          required
          first={index === 0}
        />
      ))}
    </div>
  );
}
