/** What calls nobody, and why. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import {
  addMaintenanceWindow,
  addSilence,
  endMaintenanceWindow,
  endSilence,
  listMaintenanceWindows,
  listSilences,
  type Plan,
  previewMaintenanceWindow,
  previewSilence,
} from "#contract/noise.ts";
import {
  addNoiseRule,
  changeNoiseRule,
  listNoiseRules,
  type NoiseRule,
  previewNoiseRule,
  removeNoiseRule,
} from "#contract/noise-rules.ts";
import { call } from "../client.ts";

export type { MaintenanceWindow, Matcher, Plan, Scope, Silence } from "#contract/noise.ts";
export type { Definition, NoiseRule } from "#contract/noise-rules.ts";

/** What waits changes with each alert: the page looks again while somebody looks at it. */
const watchedMs = 10_000;

export const silencesQuery = () =>
  queryOptions({
    queryKey: ["noise", "silences"],
    queryFn: ({ signal }) => call(listSilences, { signal }),
    refetchInterval: watchedMs,
  });

export type Asked = Omit<z.input<typeof previewSilence.body>, "days">;

export const previewQuery = (asked: Asked, days: number) =>
  queryOptions({
    queryKey: ["noise", "preview", asked, days],
    queryFn: ({ signal }) => call(previewSilence, { body: { ...asked, days }, signal }),
    retry: false,
    placeholderData: (before) => before,
  });

/** Alerts that wait change with it. */
export function useNoiseAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["noise"] });
      void client.invalidateQueries({ queryKey: ["every-alert"] });
    },
  });
}

export const useAddSilence = () => useNoiseAct((body: z.input<typeof addSilence.body>) => call(addSilence, { body }));
export const useEndSilence = () => useNoiseAct((id: string) => call(endSilence, { params: { id } }));

export const windowsQuery = () =>
  queryOptions({
    queryKey: ["noise", "windows"],
    queryFn: ({ signal }) => call(listMaintenanceWindows, { signal }),
    refetchInterval: watchedMs,
  });
export const planPreviewQuery = (plan: Plan | null) =>
  queryOptions({
    queryKey: ["noise", "plan", plan],
    queryFn: ({ signal }) => call(previewMaintenanceWindow, { body: { plan: plan as Plan }, signal }),
    retry: false,
    placeholderData: (before) => before,
  });
export const useAddWindow = () =>
  useNoiseAct((body: z.input<typeof addMaintenanceWindow.body>) => call(addMaintenanceWindow, { body }));
export const useEndWindow = () => useNoiseAct((id: string) => call(endMaintenanceWindow, { params: { id } }));

export const rulesQuery = () =>
  queryOptions({
    queryKey: ["noise", "rules"],
    queryFn: ({ signal }) => call(listNoiseRules, { signal }),
    refetchInterval: watchedMs,
  });
export type AskedRule = Omit<z.input<typeof previewNoiseRule.body>, "days">;

export const rulePreviewQuery = (asked: AskedRule | null, days: number) =>
  queryOptions({
    queryKey: ["noise", "rule-preview", asked, days],
    queryFn: ({ signal }) => call(previewNoiseRule, { body: { ...(asked as AskedRule), days }, signal }),
    retry: false,
    placeholderData: (before) => before,
  });
export type NewRule = z.input<typeof addNoiseRule.body>;
/** With the version that was read: what somebody else changed meanwhile stays as they made it. */
export const useChangeRule = (rule: NoiseRule | null) =>
  useNoiseAct((body: NewRule) =>
    rule === null
      ? call(addNoiseRule, { body })
      : call(changeNoiseRule, { params: { id: rule.id }, body, ifMatch: rule.version }),
  );
export const useSwitchRule = (id: string) =>
  useNoiseAct((enabled: boolean) => call(changeNoiseRule, { params: { id }, body: { enabled } }));
export const useRemoveRule = () => useNoiseAct((id: string) => call(removeNoiseRule, { params: { id } }));
