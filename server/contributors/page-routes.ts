/** The link of a contributor. GET changes nothing: mail scanners and previews open links too. A press opens it, and binds it to the browser
 *  that pressed, unless it may be given on; another one is offered a new letter to the address that was asked. Every way to
 *  be wrong is answered as what is not there. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type pg from "pg";
import { anonymous } from "../../core/desk/actor.ts";
import type { Directory } from "../../core/desk/directory.ts";
import { attachmentBytesMax, fileNameOf } from "../../core/incidents/attaching.ts";
import {
  type Contribution,
  type ContributionAct,
  isBarred,
  linkLives,
  mayBeGivenOn,
} from "../../core/incidents/contributing.ts";
import { cleanTitle } from "../../core/intake/text.ts";
import { isRefusal } from "../../core/kernel/refusal.ts";
import { minuteMs } from "../../core/kernel/time.ts";
import { type Actor, languageOfLocale, staysInside } from "../../core/kernel/vocabulary.ts";
import { networkOf } from "../access/network.ts";
import type { Submit } from "../desk/commit.ts";
import { emailPattern } from "../platform/addresses.ts";
import type { Clock } from "../platform/clock.ts";
import { localeOfPage, sendHtml } from "../platform/http.ts";
import type { Log } from "../platform/log.ts";
import { HttpProblem } from "../platform/problems.ts";
import { hashSecret, randomWord } from "../platform/secrets.ts";
import { nothingYet, whatIsMissing, wordsFor, wordsOf } from "./answer.ts";
import { type Files, replaceFile } from "./files.ts";
import { formBytesMax, readForm, type Sent } from "./form.ts";
import { createLimit } from "./limits.ts";
import { type Asking, type ContributorView, renderContributorPage, type Step, steps, type Wrong } from "./page.ts";
import { sharedOf } from "./page-shared.ts";
import { bindBrowser, type ContributorDraft, findLink, keepDraft, type LinkRow, readDraft } from "./store.ts";

export type PageKnown = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly submit: Submit;
  readonly url: string;
  readonly insecure: boolean;
  readonly demonstration: boolean;
  readonly directory: () => Directory;
  readonly files: Files;
};

const windowMs = 10 * minuteMs;
/** Presses of one network, and attempts with links that are not there. */
const pressesMax = 120;
const missesMax = 60;
/** Files read at once in this process. */
const arrivingMax = 3;
const cookieName = "tocsin_contributor";

type Opened = {
  readonly link: LinkRow;
  readonly asked: Contribution;
  readonly asking: Asking;
  readonly lives: boolean;
  /** Whether this browser is the one that has it. */
  readonly mine: boolean;
  readonly token: string;
};

export function pageRoutes(http: FastifyInstance, known: PageKnown): void {
  const presses = createLimit({ max: pressesMax, windowMs });
  const misses = createLimit({ max: missesMax, windowMs });
  let arriving = 0;
  const opening = async (request: FastifyRequest, reply: FastifyReply): Promise<Opened | null> => {
    const opened = await open(known, request);
    if (opened) return opened;
    const many = !misses(networkOf(request), known.clock.now());
    void nothing(known, request, reply, many ? "busy" : "unknown");
    return null;
  };
  http.get("/c/:token", async (request, reply) => {
    const opened = await opening(request, reply);
    return opened ? show(known, request, reply, opened) : reply;
  });
  void http.register(async (scope) => {
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: 50_000 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.addContentTypeParser("multipart/form-data", (_request, payload, done) => done(null, payload));
    scope.post("/c/:token", { bodyLimit: formBytesMax }, async (request, reply) => {
      if (request.headers["sec-fetch-site"] === "cross-site") return nothing(known, request, reply, "unknown");
      if (!presses(networkOf(request), known.clock.now())) return nothing(known, request, reply, "busy");
      const opened = await opening(request, reply);
      if (!opened) return reply;
      const type = request.headers["content-type"] ?? "";
      const file = type.startsWith("multipart/") ? 1 : 0;
      const unread = file === 0 ? null : await leftUnread(known, request, reply, opened);
      if (unread) return unread;
      if (arriving + file > arrivingMax) throw new HttpProblem(503, "overloaded");
      arriving += file;
      try {
        const sent = await readForm(request.body, type);
        return await press(known, { request, reply, opened, sent });
      } finally {
        arriving -= file;
      }
    });
  });
}

/** No byte of a file is read of whoever may not send one, nor of one that says itself that it is too large. */
async function leftUnread(
  known: PageKnown,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Opened,
): Promise<FastifyReply | null> {
  if (!opened.lives || !opened.mine) return show(known, request, reply.header("connection", "close"), opened);
  if (Number(request.headers["content-length"] ?? 0) <= formBytesMax) return null;
  const more = { wrong: "file-large", step: "question", typed: {} } as const;
  return show(known, request, reply.header("connection", "close"), opened, more);
}

async function open(known: PageKnown, request: FastifyRequest): Promise<Opened | null> {
  const { token } = request.params as { token: string };
  const link = await findLink(known.pool, token);
  const all = link?.incident.contributions ?? [];
  const found = all.find(({ number }) => number === link?.number);
  if (!link || !found) return null;
  /* Marked red since, it is for the browser that opens it, like one that may not be given on. */
  const asked = { ...found, forwardable: mayBeGivenOn(link.incident, found) };
  const name = (number: number | undefined) => all.find((one) => one.number === number)?.to.name ?? null;
  const cookie = request.cookies[cookieName];
  return {
    link,
    asked,
    asking: {
      asked,
      given: name(asked.from),
      next: name(asked.forwardedTo),
      barred: isBarred(link.incident, asked),
      inside: staysInside(link.incident.tlp),
      exercise: link.incident.exercise,
      shared: sharedOf(link.incident, asked),
    },
    lives: linkLives(link.incident, asked, known.clock.now()),
    mine: cookie !== undefined && (asked.forwardable || link.browser === hashSecret(cookie)),
    token,
  };
}

function nothing(
  known: PageKnown,
  request: FastifyRequest,
  reply: FastifyReply,
  why: "unknown" | "busy",
): FastifyReply {
  return sendHtml(reply, why === "busy" ? 429 : 404, (nonce) =>
    renderContributorPage({ ...frame(known, request, nonce, null), show: why }),
  );
}

function frame(known: PageKnown, request: FastifyRequest, nonce: string, asked: Contribution | null) {
  const directory = known.directory();
  const person = directory.people.get(asked?.to.personId ?? "");
  const spoken = person ?? (asked ? { language: asked.to.language } : null);
  return {
    nonce,
    language: localeOfPage(request, spoken),
    instance: new URL(known.url).host,
    localHour: null,
    insecure: known.insecure,
    demonstration: known.demonstration,
    now: known.clock.now(),
    zone: person?.zone ?? directory.zone,
  };
}

type More = { readonly wrong: Wrong; readonly step: Step; readonly typed: Readonly<Record<string, string>> };

async function show(
  known: PageKnown,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Opened,
  more: More | "resent" | "resent-lately" | null = null,
): Promise<FastifyReply> {
  const { asked, asking, link } = opened;
  const wrong = typeof more === "object" ? more : null;
  const what = typeof more === "string" ? more : (wrong?.step ?? whatToShow(request, opened));
  const step = steps.find((one) => one === what);
  const draft = step ? await draftOf(known, link, asked) : null;
  const status = what === "over" ? 410 : wrong ? 422 : 200;
  return sendHtml(reply, status, (nonce) => {
    const same = { ...frame(known, request, nonce, asked), ...asking };
    const view = step
      ? { ...same, show: step, draft, wrong: wrong?.wrong ?? null, typed: wrong?.typed ?? {} }
      : { ...same, show: what };
    return renderContributorPage(view as ContributorView);
  });
}

/** Once it is answered, a link shows what was said to nobody but whoever said it, and to whoever has the copy that was sent them. */
const isOver = ({ lives, mine, asked: { status, leftAt = 0 }, link }: Opened): boolean =>
  !lives || (!mine && status === "answered" && link.madeAt < leftAt);

function whatToShow(request: FastifyRequest, opened: Opened) {
  if (isOver(opened)) return "over";
  const { mine, asked, link } = opened;
  if (!mine) return asked.forwardable || link.browser === null ? "door" : "elsewhere";
  const { step } = request.query as { step?: string };
  const wanted = steps.find((one) => one === step);
  if (asked.status === "answered" && wanted !== "question" && wanted !== "check") return "thanks";
  if (wanted === "forward" && !asked.forwardable) return "question";
  return wanted ?? "question";
}

/** What was begun; of what was sent, what was said. */
async function draftOf(known: PageKnown, link: LinkRow, { answer }: Contribution): Promise<ContributorDraft | null> {
  const draft = await readDraft(known.pool, link);
  if (draft || !answer) return draft;
  return { choice: answer.choice, words: answer.text, file: null, keptAt: answer.at };
}

type Pressing = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly opened: Opened;
  readonly sent: Sent;
};

async function press(known: PageKnown, pressing: Pressing): Promise<FastifyReply> {
  const { request, reply, opened, sent } = pressing;
  const { action } = sent.fields;
  if (isOver(opened)) return show(known, request, reply, opened);
  if (action === "resend" && !opened.mine) return resend(known, pressing);
  if (action === "open") return takeUp(known, pressing);
  if (action === "forward" && opened.link.incident.tlp === "red") return wrong(known, pressing, "marked", "decline");
  if (!opened.mine) return show(known, request, reply, opened);
  switch (action) {
    case "save":
      return save(known, pressing);
    case "file":
      return keepFile(known, pressing);
    case "remove-file":
      return removeFile(known, pressing);
    case "send":
      return send(known, pressing);
    case "decline":
      return act(known, pressing, { do: "decline", number: opened.link.number, text: wordsOf(sent) }, "decline");
    case "forward":
      return forward(known, pressing);
    default:
      return show(known, request, reply, opened);
  }
}

/** After a press the browser asks again: what is shown may be loaded anew without doing anything twice. */
function next({ reply, request, opened, sent }: Pressing, step?: Step): FastifyReply {
  const asked = sent.fields.lang ?? (request.query as { lang?: string }).lang;
  const language = asked === "fr" || asked === "en" ? asked : null;
  const query = [language && `lang=${language}`, step && `step=${step}`].filter(Boolean).join("&");
  return reply
    .code(303)
    .header("location", `/c/${opened.token}${query && `?${query}`}`)
    .send();
}

/** Nobody whom the directory knows, whatever link they have. */
const byLink: Actor = { ...anonymous, via: "link" };

const submitting = (known: PageKnown, { request, opened }: Pressing, contribution: ContributionAct) =>
  known.submit({
    kind: "contribution",
    incidentId: opened.link.incidentId,
    act: contribution,
    envelope: { at: known.clock.now(), actor: byLink, cause: { kind: "request", id: request.id } },
  });

async function act(
  known: PageKnown,
  pressing: Pressing,
  contribution: ContributionAct,
  step: Step,
): Promise<FastifyReply> {
  const outcome = await submitting(known, pressing, contribution);
  known.log.info({ event: `contributor-${contribution.do}`, incident: pressing.opened.link.incidentId }, "by link");
  if (!isRefusal(outcome)) return next(pressing);
  return wrong(known, pressing, outcome.refused === "mark-stays-inside" ? "marked" : "over", step);
}

const wrong = (known: PageKnown, { request, reply, opened, sent }: Pressing, what: Wrong, step: Step) =>
  show(known, request, reply, opened, { wrong: what, step, typed: sent.fields });

async function takeUp(known: PageKnown, pressing: Pressing): Promise<FastifyReply> {
  const { request, reply, opened } = pressing;
  const { link, asked, token, mine } = opened;
  if (!mine) {
    const browser = randomWord(32);
    const bound = asked.forwardable || (await bindBrowser(known.pool, link.hash, hashSecret(browser)));
    if (!bound) return show(known, request, reply, { ...opened, link: { ...link, browser: "" } });
    void reply.setCookie(cookieName, browser, {
      path: `/c/${token}`,
      httpOnly: true,
      sameSite: "lax",
      secure: known.url.startsWith("https:"),
      maxAge: Math.ceil((asked.until - known.clock.now()) / 1_000),
    });
  }
  await submitting(known, pressing, { do: "open", number: link.number });
  return next(pressing);
}

async function resend(known: PageKnown, pressing: Pressing): Promise<FastifyReply> {
  const { request, reply, opened } = pressing;
  const outcome = await submitting(known, pressing, { do: "resend", number: opened.link.number });
  return show(known, request, reply, opened, isRefusal(outcome) ? "resent-lately" : "resent");
}

async function save(known: PageKnown, pressing: Pressing): Promise<FastifyReply> {
  const { opened, sent } = pressing;
  const { asked, link } = opened;
  const before = (await draftOf(known, link, asked)) ?? nothingYet;
  const choice = asked.choices.find((one) => one === sent.fields.choice) ?? null;
  const draft = { ...before, choice, words: wordsFor(asked, sent), keptAt: known.clock.now() };
  await keepDraft(known.pool, link, draft);
  const missing = whatIsMissing(asked, draft);
  return missing === null ? next(pressing, "check") : wrong(known, pressing, missing, "question");
}

async function keepFile(known: PageKnown, pressing: Pressing): Promise<FastifyReply> {
  const { opened, sent } = pressing;
  const { link, asked } = opened;
  const { file } = sent;
  if (asked.kind !== "file" || file === null) return wrong(known, pressing, "file", "question");
  if (file.bytes === 0) return wrong(known, pressing, "file-empty", "question");
  if (file.bytes > attachmentBytesMax) return wrong(known, pressing, "file-large", "question");
  const name = fileNameOf(file.name);
  if (name === null) return wrong(known, pressing, "file-name", "question");
  const before = (await draftOf(known, link, asked)) ?? nothingYet;
  try {
    const kept = await known.files.keep({
      incidentId: link.incidentId,
      name,
      contributor: asked.to.name,
      content: file.content,
      until: asked.until,
    });
    await replaceFile(known, link, { ...before, file: kept, keptAt: known.clock.now() });
    return next(pressing, "question");
  } catch (error) {
    if (error instanceof HttpProblem && error.status < 500) return wrong(known, pressing, "file-full", "question");
    throw error;
  }
}

async function removeFile(known: PageKnown, pressing: Pressing): Promise<FastifyReply> {
  const { link } = pressing.opened;
  const before = await readDraft(known.pool, link);
  if (before?.file) {
    await replaceFile(known, link, { ...before, file: null, keptAt: known.clock.now() });
  }
  return next(pressing, "question");
}

/** The file first, as any file of the incident; then what it answers. */
async function send(known: PageKnown, pressing: Pressing): Promise<FastifyReply> {
  const { request, opened } = pressing;
  const { link, asked } = opened;
  const draft = await draftOf(known, link, asked);
  const missing = draft === null ? "empty" : whatIsMissing(asked, draft);
  if (draft === null || missing !== null) return wrong(known, pressing, missing ?? "empty", "question");
  const { file } = draft;
  if (file && file.attachmentId !== asked.answer?.attachmentId) {
    const at = known.clock.now();
    const envelope = { at, actor: byLink, cause: { kind: "request", id: request.id } };
    const attached = await known.submit(
      { kind: "attach", incidentId: link.incidentId, attachment: file, envelope },
      { before: known.files.whenAttached(link.incidentId, file, at) },
    );
    /* Attached already, when only the answer was lost on the way. */
    const there =
      !isRefusal(attached) && (attached.kind === "incident" || (await known.files.isKept(file.attachmentId)));
    if (!there) return wrong(known, pressing, "file-full", "question");
  }
  const kept = file ? { attachmentId: file.attachmentId, file: file.name } : null;
  const { attachmentId = null, file: name = null } = kept ?? asked.answer ?? {};
  const answer = { choice: draft.choice, text: draft.words, attachmentId, file: name };
  return act(known, pressing, { do: "answer", number: link.number, answer }, "question");
}

async function forward(known: PageKnown, pressing: Pressing): Promise<FastifyReply> {
  const { request, opened, sent } = pressing;
  const name = cleanTitle(sent.fields.name ?? "", 100).text.trim();
  const address = (sent.fields.email ?? "").trim();
  if (name === "") return wrong(known, pressing, "name", "forward");
  if (!emailPattern.test(address) || address.length > 200) return wrong(known, pressing, "email", "forward");
  const language = languageOfLocale(localeOfPage(request, { language: opened.asked.to.language }));
  const to = { name, address, language };
  const given = { do: "forward", number: opened.link.number, to, text: wordsOf(sent) } as const;
  return act(known, pressing, given, "forward");
}
