/** Whom to ask: a function or a team, by name. */
import { nameIn, useNamed } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import { SelectField } from "../ui/fields.tsx";
import { useAssistanceWords } from "./words.ts";

type Props = {
  label: string;
  value: string;
  onChange: (key: string) => void;
  /** What no choice means. */
  empty?: string;
  hint?: string;
  error?: string | undefined;
  required?: boolean;
  first?: boolean;
};

export function PartyField({ empty, ...props }: Props) {
  const { language } = useWords();
  const { t: say } = useAssistanceWords();
  const { functions, teams } = useNamed();
  const options = [
    ...functions.map((one) => ({
      value: `function/${one.id}`,
      label: nameIn(language, one),
      group: say("field.to.functions"),
    })),
    ...teams.map(({ id, name }) => ({ value: `team/${id}`, label: name, group: say("field.to.teams") })),
  ];
  return <SelectField {...props} empty={empty ?? say("field.choose")} options={options} />;
}
