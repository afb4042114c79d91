/** What the message about a recorded incident holds besides: the way to it, and its files on their way. */
import { Link } from "@tanstack/react-router";
import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { shortNumber } from "./arrangement.ts";
import { UploadLines } from "./UploadLines.tsx";
import { useUploads } from "./uploads.ts";

type Props = { view: Pick<IncidentView, "id" | "number"> };

export function WayToRecorded({ view: { number } }: Props) {
  const words = useWords();
  return (
    <Link to="/incidents/$number" params={{ number }} search={{}}>
      {words.t("record.open", { number: shortNumber(number, words.year()) })}
    </Link>
  );
}

export function FilesOf({ view }: Props) {
  return <UploadLines uploads={useUploads(view.id)} />;
}
