/** How the response to a security incident stands, and what is done about it. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  exportObservables,
  readManifest,
  readSecurity,
  type SecurityView,
  securityEndpoints,
} from "#contract/security.ts";
import type { SecurityCommandName } from "#core/kernel/security-words.ts";
import { call } from "../client.ts";
import { sendFile, whyNotSend } from "../upload.ts";

export type { SecurityView } from "#contract/security.ts";
export type Observable = SecurityView["observables"][number];
export type Evidence = SecurityView["evidence"][number];
export type Disclosure = SecurityView["disclosures"][number];

/** `seq`: asked anew once anything more is known. */
export const securityQuery = (number: string, seq: number) =>
  queryOptions({
    queryKey: ["security", number, seq],
    queryFn: ({ signal }) => call(readSecurity, { params: { id: number }, signal }),
    placeholderData: keepPreviousData,
  });

/** `file`: attached first, so that its hash is taken as it arrives. */
export type Act = { readonly command: SecurityCommandName; readonly body: object; readonly file?: File | undefined };

export function useSecure(view: SecurityView) {
  const client = useQueryClient();
  const { number } = view.incident;
  return useMutation({
    mutationFn: (act: Act) => sendAct(view.incident.id, act),
    onSuccess: (after) => {
      client.setQueriesData<SecurityView>({ queryKey: ["security", number] }, after);
      for (const key of ["incident", "timeline", "attachments"])
        void client.invalidateQueries({ queryKey: [key, number] });
    },
  });
}

async function sendAct(id: string, { command, body, file }: Act): Promise<SecurityView> {
  const endpoint = securityEndpoints.find(({ path }) => path.endsWith(`/security/${command}`));
  if (!endpoint) throw new Error(`no endpoint for ${command}`);
  const attachment = file && (await attached(id, file));
  return (await call(endpoint, { params: { id }, body: { ...body, ...attachment } } as never)) as SecurityView;
}

async function attached(incident: string, file: File): Promise<{ attachment: string }> {
  const unfit = whyNotSend(file);
  if (unfit) throw unfit;
  const { signal } = new AbortController();
  const { id } = await sendFile({ incident, file, onProgress: () => {}, signal });
  return { attachment: id };
}

export const readStix = (id: string) => call(exportObservables, { params: { id } });
export const readBordereau = (id: string, disclosure: number) =>
  call(readManifest, { params: { id }, query: { disclosure } });
