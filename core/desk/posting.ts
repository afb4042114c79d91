/** What steps of policies post to webhooks: asked for beside the calls, and what became of it told in the record. Nobody waits
 *  for it, and nothing depends on it. */
import type { PostBecame, Posting } from "../escalation/events.ts";
import { pageNotAfterMinutes } from "../escalation/requesting.ts";
import { type Envelope, stampAll, stampOf, systemActor } from "../kernel/stamp.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { append, type Case, type Draft } from "./draft.ts";
import type { Effect } from "./effects.ts";

type PostEffect = Extract<Effect, { kind: "post" }>;

export function postEffect(incidentId: string, post: Posting, at: Instant, escalation: number | undefined): PostEffect {
  const of = escalation === undefined ? "" : `${escalation}/`;
  return {
    kind: "post",
    key: `post/${incidentId}/${of}${post.run}.${post.cycle}.${post.step}/${post.webhookId}`,
    incidentId,
    post,
    ...(escalation === undefined ? {} : { escalation }),
    dueAt: at,
    notAfter: at + pageNotAfterMinutes * minuteMs,
  };
}

export type PostEnded = {
  readonly postId: string;
  readonly webhookId: string;
  readonly name: string;
  readonly escalation?: number;
  readonly became: PostBecame;
  readonly error?: string;
};

export function tellPost(draft: Draft, on: Case, ended: PostEnded): void {
  const envelope: Envelope = { at: draft.at, actor: systemActor("channel"), cause: { kind: "post", id: ended.postId } };
  append(draft, on, stampAll([{ type: "paging.post-ended", data: ended }], stampOf(envelope, null, false)));
}
