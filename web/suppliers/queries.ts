/** Suppliers, what they were asked on an incident, and what each has kept. Of an incident it is read again with whatever moves it. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import type { IncidentView } from "#contract/shapes.ts";
import {
  addSupplier,
  callOnSupplier,
  callSupplierContact,
  changeSupplier,
  closeEngagement,
  listEngagements,
  listSupplierEngagements,
  listSuppliers,
  readSupplier,
  recordSupplierAnswer,
} from "#contract/suppliers.ts";
import { call } from "../client.ts";

export type { EngagementView, SupplierReport, SupplierView } from "#contract/suppliers.ts";

const seldomMs = 5 * 60_000;

export const suppliersQuery = () =>
  queryOptions({
    queryKey: ["suppliers"],
    queryFn: ({ signal }) => call(listSuppliers, { signal }),
    staleTime: seldomMs,
  });
export const supplierQuery = (id: string) =>
  queryOptions({
    queryKey: ["suppliers", id],
    queryFn: ({ signal }) => call(readSupplier, { params: { id }, signal }),
  });
export const supplierReportQuery = (id: string) =>
  queryOptions({
    queryKey: ["suppliers", id, "engagements"],
    queryFn: ({ signal }) => call(listSupplierEngagements, { params: { id }, signal }),
  });

type Of = Pick<IncidentView, "number" | "seq">;

export const engagementsQuery = ({ number, seq }: Of) =>
  queryOptions({
    queryKey: ["engagements", number, seq],
    queryFn: ({ signal }) => call(listEngagements, { params: { id: number }, signal }),
    placeholderData: keepPreviousData,
  });

function useAct<Body, Answer>({ number }: Of, act: (id: string, body: Body) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => act(number, body),
    onSuccess: async () => {
      const moved = ["engagements", "contributions", "incident", "timeline", "clocks"];
      await Promise.all(moved.map((key) => client.invalidateQueries({ queryKey: [key, number] })));
    },
  });
}

export type Calling = z.input<typeof callOnSupplier.body>;
export const useCallOn = (view: Of) =>
  useAct(view, (id, body: Calling) => call(callOnSupplier, { params: { id }, body }));
export type Answered = z.input<typeof recordSupplierAnswer.body>;
export const useAnswered = (view: Of) =>
  useAct(view, (id, body: Answered) => call(recordSupplierAnswer, { params: { id }, body }));
export const useCallNext = (view: Of) =>
  useAct(view, (id, body: z.input<typeof callSupplierContact.body>) =>
    call(callSupplierContact, { params: { id }, body }),
  );
export const useClose = (view: Of) =>
  useAct(view, (id, engagement: number) => call(closeEngagement, { params: { id }, body: { engagement } }));

export type SupplierBody = z.input<typeof addSupplier.body>;

export function useKeepSupplier(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<z.input<typeof changeSupplier.body>>) =>
      id === null ? call(addSupplier, { body: body as SupplierBody }) : call(changeSupplier, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["suppliers"] }),
  });
}
