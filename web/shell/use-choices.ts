/** Everything the palette can reach, from what this page has at hand and from a search. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { whyNot } from "#core/incidents/decide.ts";
import { meQuery } from "../account/queries.ts";
import { nameIn, useNamed } from "../directory/names.ts";
import { shortNumber } from "../incidents/arrangement.ts";
import { commandGroups } from "../incidents/command-forms.ts";
import { nextAct } from "../incidents/next-act.ts";
import { boardQuery, foundQuery, incidentQuery } from "../incidents/queries.ts";
import { actorFromMe, stateFromView } from "../incidents/state-from-view.ts";
import { useBoardFilter } from "../incidents/use-board-filter.ts";
import { refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { themes, writeTheme } from "../ui/preferences.ts";
import { type Choice, numberIn } from "./choices.ts";
import { useChooseLocale } from "./choose-locale.ts";

export type Asked = {
  readonly onAct: (number: string, command: IncidentCommandName) => void;
  readonly onKeys: () => void;
  readonly onRecord: () => void;
};

export function useChoices(text: string, asked: Asked): readonly Choice[] {
  return [...useActs(asked), ...useIncidents(text), ...useThings(), ...usePlaces(text), ...useSettings(asked)];
}

/** Every act of the incident that is being looked at; those that the rules refuse, with why. */
function useActs({ onAct, onRecord }: Asked): Choice[] {
  const words = useWords();
  const { t } = words;
  const { number } = useParams({ strict: false });
  const { data: me } = useSuspenseQuery(meQuery());
  const { data: view } = useQuery({ ...incidentQuery(number ?? ""), enabled: number !== undefined });
  const record: Choice = { id: "record", group: "acts", word: t("record.title"), run: onRecord };
  if (!view || number === undefined) return [record];
  const state = stateFromView(view);
  const actor = actorFromMe(me);
  const next = nextAct(view, me)?.command;
  const order = [...new Set([...(next ? [next] : []), ...commandGroups.flatMap(({ commands }) => commands)])];
  const acts = order.map((command): Choice => {
    const refusal = whyNot(state, command, actor);
    return {
      id: `act-${command}`,
      group: "acts",
      word: t(`command.${command}.do`),
      refused: refusal ? refusalSentence(words, refusal) : undefined,
      run: () => onAct(number, command),
    };
  });
  return [...acts, record];
}

const searchedFrom = 2;

/** Those on the board at once; others as the server finds them; one by its number. */
function useIncidents(text: string): Choice[] {
  const words = useWords();
  const navigate = useNavigate();
  const q = useDeferredValue(text.trim());
  const number = numberIn(q);
  const { data: me } = useSuspenseQuery(meQuery());
  const { holds } = useBoardFilter(q, me.id);
  const board = useQuery(boardQuery()).data?.data ?? [];
  const found = useQuery({ ...foundQuery(q), enabled: q.length >= searchedFrom }).data?.data ?? [];
  const byNumber = useQuery({ ...incidentQuery(number ?? ""), enabled: number !== null, retry: false }).data;
  if (q === "") return [];
  /* What the server finds comes later, and below: what is about to be chosen does not move. */
  const near = [...(byNumber ? [byNumber] : []), ...board.filter((one) => one.id !== byNumber?.id && holds(one))];
  const known = new Set(near.map(({ id }) => id));
  const choiceOf = (view: IncidentView, group: "incidents" | "found"): Choice => ({
    id: `incident-${view.id}`,
    group,
    word: view.title,
    lang: view.language,
    note: [shortNumber(view.number, words.year()), words.t(`stage.${view.stage}`), view.service?.name]
      .filter(Boolean)
      .join(" · "),
    found: true,
    /* What is typed is known before its answer: that of the number of before is not meant. */
    ...(view.id === byNumber?.id && numberIn(text.trim()) === number && { numbered: true }),
    run: () => void navigate({ to: "/incidents/$number", params: { number: view.number } }),
  });
  return [
    ...near.map((view) => choiceOf(view, "incidents")),
    ...found.filter(({ id }) => !known.has(id)).map((view) => choiceOf(view, "found")),
  ];
}

/** People, teams, services, schedules and policies, by their names. */
function useThings(): Choice[] {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { people, teams, functions, services, schedules, policies } = useNamed();
  const thing = (id: string, word: string, note: string, run: () => void, aliases = ""): Choice => ({
    id: `thing-${id}`,
    group: "things",
    word,
    note,
    aliases,
    whenAsked: true,
    run,
  });
  return [
    ...services.map((one) =>
      thing(
        one.id,
        nameIn(language, one),
        t("service.one"),
        () => void navigate({ to: "/services/$id", params: { id: one.id } }),
        `${one.nameFr} ${one.nameEn}`,
      ),
    ),
    ...people.map((one) =>
      thing(one.id, one.name, one.email, () => void navigate({ to: "/people/$id", params: { id: one.id } })),
    ),
    ...teams.map((one) =>
      thing(one.id, one.name, t("team.one"), () => void navigate({ to: "/teams/$id", params: { id: one.id } })),
    ),
    ...functions.map((one) =>
      thing(
        one.id,
        nameIn(language, one),
        t("function.one"),
        () => void navigate({ to: "/functions/$id", params: { id: one.id } }),
        `${one.nameFr} ${one.nameEn}`,
      ),
    ),
    ...schedules.map((one) =>
      thing(one.id, one.name, t("schedule.one"), () => void navigate({ to: "/schedules/$id", params: { id: one.id } })),
    ),
    ...policies.map((one) =>
      thing(
        one.id,
        one.name,
        t("policy.one"),
        () => void navigate({ to: "/escalation-policies/$id", params: { id: one.id } }),
      ),
    ),
  ];
}

function usePlaces(text: string): Choice[] {
  const { t } = useWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const places = [
    ["/", t("shell.incidents")],
    ["/my-work", t("shell.my-work")],
    ["/watch", t("shell.watch")],
    ["/assistance", t("shell.assistance")],
    ["/help", t("shell.help")],
    ["/alerts", t("alerts.title")],
    ["/silences", t("shell.noise")],
    ["/schedules", t("schedules.title")],
    ["/escalation-policies", t("policies.title")],
    ["/services", t("services.title")],
    ["/categories", t("categories.title")],
    ["/people", t("shell.people")],
    ["/teams", t("teams.title")],
    ["/functions", t("functions.title")],
    ...(me.admin
      ? ([
          ["/integrations", t("shell.integrations")],
          ["/heartbeats", t("shell.heartbeats")],
          ["/channels", t("shell.channels")],
          ["/checklist", t("shell.checklist")],
        ] as const)
      : []),
    ["/tokens", t("shell.tokens")],
  ] as const;
  const q = text.trim();
  return [
    ...(q === ""
      ? []
      : [
          {
            id: "search",
            group: "search" as const,
            word: t("palette.search", { text: q }),
            found: true as const,
            run: () => void navigate({ to: "/search", search: { q } }),
          },
        ]),
    ...places.map(([to, word]) => ({
      id: `place-${to}`,
      group: "places" as const,
      word,
      run: () => void navigate({ to }),
    })),
  ];
}

function useSettings({ onKeys }: Asked): Choice[] {
  const { t, language } = useWords();
  const chooseLanguage = useChooseLocale();
  const other = language === "fr" ? "en" : "fr";
  return [
    {
      id: "language",
      group: "settings",
      word: t(`palette.language.${other}`),
      lang: other,
      aliases: t("shell.language"),
      run: () => chooseLanguage(other),
    },
    ...themes.map((theme) => ({
      id: `theme-${theme}`,
      group: "settings" as const,
      word: t(`theme.${theme}`),
      run: () => writeTheme(theme),
    })),
    { id: "keys", group: "settings", word: t("keys.title"), run: onKeys },
  ];
}
