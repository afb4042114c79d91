/** From nothing to a desk that reaches somebody, one proof at a time. What is on the left is the checklist; on the right (on
 *  a phone, under its row) the step that is open. Left and come back to at any time: all of it is on the server. */
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { SetupStep } from "#contract/setup.ts";

import { checksQuery } from "../checklist/queries.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useRoomFor } from "../ui/wide.ts";
import { setupQuery, useChangeSetup, useProveAddress, useRowsAfter } from "./queries.ts";
import { SetupList } from "./SetupList.tsx";
import { StepPanel } from "./StepPanel.tsx";
import { isProvable, nextStep } from "./steps.ts";
import { useSetupWords } from "./words.ts";
import "./setup.css";

const route = getRouteApi("/shell/setup");

export function SetupPage() {
  const { hour } = useWords();
  const t = useSetupWords();
  const { step: asked } = route.useSearch();
  const { data, dataUpdatedAt, isFetching } = useSuspenseQuery(checksQuery());
  const { data: setup } = useSuspenseQuery(setupQuery());
  const client = useQueryClient();
  const beside = useRoomFor("setup");
  useAddressProof();
  useRowsAfter(setup.mail?.returnedAt);
  useRowsAfter(setup.alert?.takenAt);
  const { checks } = data;
  /* The page opens on what is next, and stays there: nothing moves on by itself under its reader. */
  const [first] = useState<SetupStep | "done">(() => nextStep(null, checks, setup.skipped) ?? "done");
  const open = asked ?? first;
  const step = open === "done" ? null : open;
  const provable = checks.filter(isProvable);
  const progress = { done: provable.filter((one) => one.state === "ok").length, total: provable.length };
  const panel = <StepPanel step={step} checks={checks} setup={setup} />;
  return (
    <>
      <title>{`${t("setup.title")} · ${t("setup.progress", progress)} · Tocsin`}</title>
      <div className="bar">
        <h1>{t("setup.title")}</h1>
        <p className="muted">
          {t("setup.progress", progress)} · {t("setup.checked", { hour: hour(dataUpdatedAt) })}
        </p>
        <span className="push" />
        <LeaveButton />
        <button
          className="btn"
          type="button"
          aria-disabled={isFetching}
          onClick={() => void client.invalidateQueries({ queryKey: checksQuery().queryKey })}
        >
          {t("setup.again")}
        </button>
      </div>
      {checks.some((one) => one.id === "wakes" && one.state === "limit") && <Truth />}
      <div className="setup-cols">
        <SetupList checks={checks} setup={setup} step={step} below={beside ? null : panel} />
        {beside && <div className="setup-panel">{panel}</div>}
      </div>
    </>
  );
}

/** Said before anything is set up, since no step mends it. */
function Truth() {
  const t = useSetupWords();
  return (
    <section className="truth" aria-labelledby="truth">
      <Icon name="fault" size={28} />
      <div>
        <h2 id="truth">{t("setup.truth")}</h2>
        <p>{t("setup.truth.text")}</p>
      </div>
    </section>
  );
}

function LeaveButton() {
  const t = useSetupWords();
  const navigate = useNavigate();
  const change = useChangeSetup();
  return (
    <button
      className="btn quiet"
      type="button"
      aria-disabled={change.isPending}
      onClick={() => change.mutate({ left: true }, { onSettled: () => void navigate({ to: "/" }) })}
    >
      {t("setup.leave")}
    </button>
  );
}

/** That this page is open here, at this address, is itself the proof: told once. */
function useAddressProof(): void {
  const told = useRef(false);
  const { mutate } = useProveAddress();
  useEffect(() => {
    if (told.current) return;
    told.current = true;
    mutate(location.origin);
  }, [mutate]);
}
