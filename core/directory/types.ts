/** Who and what the desk knows: people, teams, duty functions, services, and what those services hold up. */

import type { Criticality } from "../kernel/impact-words.ts";
import type { Language, Level, Locale } from "../kernel/vocabulary.ts";
import type { CategoryProcess } from "./category-process.ts";
import type { Dependency } from "./dependencies.ts";
import type { Charter } from "./team-charter.ts";

export const channelKinds = [
  "email",
  "sms",
  "voice",
  "push",
  "ntfy",
  "slack",
  "teams",
  "mattermost",
  "telegram",
  "webhook",
] as const;
export type ChannelKind = (typeof channelKinds)[number];

export type ContactPoint = {
  readonly id: string;
  readonly kind: ChannelKind;
  /** As it may be shown to its owner; a channel whose address is itself a secret keeps the rest sealed. */
  readonly address: string;
  /** May be called: switched on, and its owner has proved to receive there. */
  readonly enabled: boolean;
};

/** A turn that a person gives to one contact point. */
export type ContactRule = { readonly contactPoint: string; readonly afterMinutes: number };
/** `22:00` to `07:00`, by the clock where they live: an end before its beginning is of the next day. */
export type QuietHours = { readonly from: string; readonly to: string };
/** By urgency; an empty list says nothing, so that all are called at once. */
export type Preference = {
  readonly high: readonly ContactRule[];
  readonly low: readonly ContactRule[];
  readonly quiet?: QuietHours | null;
};

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  /** The variety they read, where they said one. */
  readonly locale?: Locale;
  readonly zone: string;
  readonly level: Level;
  readonly admin: boolean;
  readonly active: boolean;
  readonly contactPoints: readonly ContactPoint[];
  /** Absent: never said. */
  readonly preference?: Preference;
};

/** An address that steps of policies post to, by its name: where it is and its secret are for whoever posts alone. */
export type Webhook = { readonly id: string; readonly name: string };

export type Team = {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  /** Absent: it is assigned work and asked for what it knows, and is not activated. */
  readonly charter?: Charter | null;
};

/** The seed's *fonction*: a part of the organisation that answers for something. */
export type DutyFunction = {
  readonly id: string;
  readonly nameFr: string;
  readonly nameEn: string;
  readonly members: readonly string[];
};

export type Service = {
  readonly id: string;
  readonly nameFr: string;
  readonly nameEn: string;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly policyId: string | null;
  /** By which targets in open hours are counted; absent: as everywhere. */
  readonly calendarId?: string | null;
  /** It is over, and no longer offered: what names it keeps it. Absent: it is not. */
  readonly retired?: boolean;
  /** What it needs of other services. */
  readonly dependsOn?: readonly Dependency[];
  /** Vital business functions it supports. */
  readonly vital: readonly VitalBusinessFunction[];
  /** Other words that people use for it: a product, a former name, what it is called at the counter. */
  readonly aliases: WordsByLanguage;
};

export type WordsByLanguage = { readonly fr: readonly string[]; readonly en: readonly string[] };

/** `keywords`: words that speak for it in what people write; matched in any language they write. */
export type Category = {
  readonly id: string;
  /** What it asks of incidents from now on. */
  readonly process: CategoryProcess;
  /** No longer chosen; incidents that have it keep it. */
  readonly retired: boolean;
  readonly nameFr: string;
  readonly nameEn: string;
  readonly keywords: WordsByLanguage;
};

/** What an incident hurts, apart from how it is handled: several at once, and none of them need be a system. */
export type Domain = {
  readonly id: string;
  readonly nameFr: string;
  readonly nameEn: string;
  readonly retired: boolean;
};

export type VitalBusinessFunction = {
  readonly id: string;
  readonly nameFr: string;
  readonly nameEn: string;
  readonly ownerId?: string | null;
  readonly criticality?: Criticality;
  /** How long it may be out before the harm is not borne; null: nobody has said. */
  readonly tolerableMinutes?: number | null;
  /** No longer counted upon; what it was hit by keeps it. */
  readonly retired?: boolean;
};
