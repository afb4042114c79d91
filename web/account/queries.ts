/** Who is signed in, and their tokens. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { changeMe, listTokens, makeToken, readMe, revokeToken, signIn, signOut } from "#contract/account.ts";
import type { Locale } from "#core/kernel/vocabulary.ts";
import { call } from "../client.ts";

export const meQuery = () =>
  queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => call(readMe, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const tokensQuery = () =>
  queryOptions({ queryKey: ["tokens"], queryFn: ({ signal }) => call(listTokens, { signal }) });

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof signIn.body>) => call(signIn, { body }),
    onSuccess: (me) => {
      client.clear();
      client.setQueryData(meQuery().queryKey, me);
    },
  });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => call(signOut, {}) });
}

export function useChangeLanguage() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (language: Locale) => call(changeMe, { body: { language } }),
    onSuccess: (me) => client.setQueryData(meQuery().queryKey, me),
  });
}

export function useMakeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof makeToken.body>) => call(makeToken, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(revokeToken, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["tokens"] }),
  });
}
