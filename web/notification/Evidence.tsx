/** What was learned of one attempt, in words that promise no more than is known. */
import type { z } from "zod";
import type { delivery } from "#contract/notifications.ts";
import { useWords } from "../language/words.tsx";
import { reasonFor } from "./reasons.ts";

export function Evidence({ all }: { all: z.infer<typeof delivery>["evidence"] }) {
  const words = useWords();
  return all.map(({ at, provider, state, detail }) => (
    <span className="muted step" key={`${at} ${provider} ${state}`}>
      {words.moment(at)}
      {" · "}
      {words.t(`evidence.${state}`, { provider, detail: detail === null ? null : reasonFor(words, detail) })}
    </span>
  ));
}
