/** Where the guided set-up stands. Every act answers with it, and makes the rows be asked anew. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { z } from "zod";
import {
  addFirstService,
  changeSetup,
  proveAddress,
  proveAlert,
  proveMail,
  readSetup,
  type Setup,
  sendTrialMail,
  setOnCall,
  setOrganisation,
} from "#contract/setup.ts";
import { call } from "../client.ts";

export const setupQuery = () =>
  queryOptions({ queryKey: ["setup"], queryFn: ({ signal }) => call(readSetup, { signal }) });

/** While something is waited for: a mail to come back, an alert to be taken in charge. */
export const waitingMs = 2_000;

/** An act may change any of these; the rows are asked anew whatever it did. */
const touched = ["people", "teams", "services", "schedules", "policies", "settings", "me", "checks"];

function useAct<Input>(act: (input: Input) => Promise<Setup>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (answer) => client.setQueryData(setupQuery().queryKey, answer),
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => touched.includes(String(queryKey[0])) }),
  });
}

export const useChangeSetup = () => useAct((body: z.input<typeof changeSetup.body>) => call(changeSetup, { body }));
export const useProveAddress = () => useAct((origin: string) => call(proveAddress, { body: { origin } }));
export const useSendTrialMail = () => useAct(() => call(sendTrialMail, {}));
export const useProveMail = () => useAct((code: string) => call(proveMail, { body: { code } }));
export const useProveAlert = () => useAct(() => call(proveAlert, {}));
export const useSetOrganisation = () =>
  useAct((body: z.input<typeof setOrganisation.body>) => call(setOrganisation, { body }));
export const useAddFirstService = () =>
  useAct((body: z.input<typeof addFirstService.body>) => call(addFirstService, { body }));
export const useSetOnCall = () => useAct((body: z.input<typeof setOnCall.body>) => call(setOnCall, { body }));

/** What comes back by itself (a link followed elsewhere, an alert taken in charge) changes the rows too. */
export function useRowsAfter(happened: string | null | undefined): void {
  const client = useQueryClient();
  const before = useRef(happened);
  useEffect(() => {
    if (before.current === happened) return;
    before.current = happened;
    void client.invalidateQueries({ queryKey: ["checks"] });
  }, [client, happened]);
}
