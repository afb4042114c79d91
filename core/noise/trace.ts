/** What was decided about one alert by rules, in order: kept beside it for as long as it is, so that why it called nobody, or
 *  called after all, and why it is where it is can be read long after the rule has changed. */
import type { Waiting } from "../alerts/decide.ts";
import type { Instant, JsonObject } from "../kernel/vocabulary.ts";

export type Decision = {
  readonly alertId: string;
  readonly at: Instant;
  /** `waits`: called nobody yet. `raised`: nothing holds it back any more. `raised-by-hand`: somebody
   *  did not wait for that. `never-raised`: over before that. `grouped`: given its
   *  group by a rule. `new-kind`: of a kind that its incident did not have. */
  readonly became: "waits" | "raised" | "raised-by-hand" | "never-raised" | "grouped" | "new-kind";
  readonly for: Waiting["for"] | null;
  readonly rule: Waiting["rule"] | null;
  readonly until: Instant | null;
  readonly values: JsonObject;
};
