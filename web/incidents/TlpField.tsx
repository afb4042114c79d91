/** How far it may be told on, in the words of the Traffic Light Protocol and in plain ones. */
import { type Tlp, tlps } from "#core/kernel/vocabulary.ts";
import { useWords } from "../language/words.tsx";
import { SelectField } from "../ui/fields.tsx";

const labels = {
  clear: "tlp.clear",
  green: "tlp.green",
  amber: "tlp.amber",
  "amber+strict": "tlp.amber-strict",
  red: "tlp.red",
} as const satisfies Record<Tlp, string>;

type Props = { text: string; change: (text: string) => void; first: boolean };

export function TlpField({ text, change, first }: Props) {
  const { t } = useWords();
  const options = [{ value: "", label: t("tlp.none") }, ...tlps.map((one) => ({ value: one, label: t(labels[one]) }))];
  return <SelectField label={t("form.tlp")} value={text} onChange={change} first={first} options={options} />;
}
