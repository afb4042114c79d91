/** Words for what suppliers are asked on an incident, which the API, the pages and the desk share. */

export const engagementStatuses = ["asked", "acknowledged", "working", "restored", "declined", "closed"] as const;
export type EngagementStatus = (typeof engagementStatuses)[number];

/** `acknowledged`, with their number; `restored`: they say so, and it is for whoever coordinates to see. */
export const supplierTellings = ["acknowledged", "working", "restored", "declined"] as const;
export type SupplierTelling = (typeof supplierTellings)[number];

/** Why the next of their contacts is proposed: a target was missed, or nobody has answered so long. */
export const contactReasons = ["respond", "restore", "after"] as const;
export type ContactReason = (typeof contactReasons)[number];
