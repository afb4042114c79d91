/** Whether a change, saved, would leave somebody out of reach: proved by the server before it is. */
import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { proveReach } from "#contract/reach.ts";
import { call } from "../client.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { useRested } from "../ui/rested.ts";
import { useSubjectName } from "./reach-subjects.ts";

type Change = NonNullable<z.input<typeof proveReach.body>["change"]>;

export function ReachCheck({ change }: { change: Change }) {
  const { t, moment } = useWords();
  const nameOf = useSubjectName();
  /* Asked when the hand rests: each letter would be a proof of thirteen weeks. */
  const rested = useRested(JSON.stringify(change));
  const { data } = useQuery({
    queryKey: ["reach-check", rested],
    queryFn: ({ signal }) => call(proveReach, { body: { change: JSON.parse(rested) as Change }, signal }),
    retry: false,
  });
  if (!data) return null;
  const [first] = data.opened;
  if (!first) return <p className="muted">{t("reach.check.none")}</p>;
  return (
    <Fault>
      {t("reach.check.opened", {
        count: data.opened.length,
        subject: nameOf(first),
        from: moment(first.from),
        until: moment(first.until),
      })}
    </Fault>
  );
}
