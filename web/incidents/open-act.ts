/** The form of an act that a button opened. It stands beside the page and not in the line of the button: when somebody else does the
 *  same meanwhile, the line goes, and what was being written stays. */
import { useSyncExternalStore } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import type { Draft } from "./command-forms.ts";

export type OpenAct = {
  /** Who opened it and where: a session may end meanwhile, and somebody else sign in. */
  readonly by: string;
  readonly path: string;
  /** As it was when it was opened. */
  readonly view: IncidentView;
  readonly command: IncidentCommandName;
  readonly escalation: number | undefined;
  readonly task: number | undefined;
  readonly about: Draft | undefined;
};

let open: OpenAct | null = null;
const waiting = new Set<() => void>();

export function showAct(act: OpenAct | null): void {
  open = act;
  for (const wake of waiting) wake();
}

const subscribe = (wake: () => void): (() => void) => {
  waiting.add(wake);
  return () => waiting.delete(wake);
};

export const useOpenAct = (): OpenAct | null => useSyncExternalStore(subscribe, () => open);
