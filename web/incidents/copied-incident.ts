import type { IncidentView } from "#contract/shapes.ts";
import type { Words } from "../language/words.tsx";
import type { Copied } from "../ui/copied.ts";

export const copiedIncident = ({ t }: Words, { number, title, stage }: IncidentView): Copied => ({
  page: `/incidents/${number}`,
  api: `/api/v1/incidents/${number}`,
  name: `${number} ${title}`,
  note: t(`stage.${stage}`),
  cli: `tocsin incident show ${number}`,
});
