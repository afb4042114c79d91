/** What a translation of one outside payload gives, whatever the source: our signals, or what is wrong with it. */
import type { Signal } from "../alerts/decide.ts";

export type Parsed =
  | {
      readonly ok: true;
      readonly signals: readonly Signal[];
      /** What the source expects back, for those that do: the key given, or made for it. */
      readonly reply: { readonly dedupKey: string } | null;
      /** Accepted all the same; shown on the integration's page. English, as the errors are: machines' authors read them. */
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly errors: readonly string[] };

export function rejected(...errors: readonly string[]): Parsed {
  return { ok: false, errors };
}
