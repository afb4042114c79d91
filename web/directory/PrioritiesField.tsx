/** Some of the five priorities; none of them stands for all. */
import { useWords } from "../language/words.tsx";
import { CheckField } from "../ui/fields.tsx";

type Props = {
  legend: string;
  value: readonly string[];
  onChange: (part: { priorities: readonly string[] }) => void;
};

export function PrioritiesField({ legend, value, onChange }: Props) {
  const { t } = useWords();
  return (
    <fieldset className="many">
      <legend className="lab">{legend}</legend>
      {(["1", "2", "3", "4", "5"] as const).map((priority) => (
        <CheckField
          key={priority}
          label={t("priority.badge", { priority, word: t(`priority.${priority}`) })}
          value={value.includes(priority)}
          onChange={(on) =>
            onChange({ priorities: on ? [...value, priority].toSorted() : value.filter((one) => one !== priority) })
          }
        />
      ))}
    </fieldset>
  );
}
