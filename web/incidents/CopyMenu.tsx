/** Copy the incident as what the next tool wants. */
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { CopyAs } from "../ui/CopyAs.tsx";

export function CopyMenu({ view }: { view: IncidentView }) {
  const { t } = useWords();
  const { number, title, stage } = view;
  return (
    <CopyAs
      copied={{
        page: `/incidents/${number}`,
        api: `/api/v1/incidents/${number}`,
        name: `${number} ${title}`,
        note: t(`stage.${stage}`),
        cli: `tocsin incident show ${number}`,
      }}
    />
  );
}
