/** What the steps build upon, beside people, teams and services. */
import { queryOptions } from "@tanstack/react-query";
import { readSettings } from "#contract/directory.ts";
import { listSchedules } from "#contract/oncall.ts";
import { call } from "../client.ts";

export const settingsQuery = () =>
  queryOptions({ queryKey: ["settings"], queryFn: ({ signal }) => call(readSettings, { signal }) });
export const schedulesQuery = () =>
  queryOptions({ queryKey: ["schedules"], queryFn: ({ signal }) => call(listSchedules, { signal }) });
