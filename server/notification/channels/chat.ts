/** What a message is in a room or a conversation: a title, a few lines, and buttons. `act` comes back to this desk where the
 *  service lets it; elsewhere the signed link stands in its place. */
export type ChatAct = "accept" | "decline" | "received";

export type Chat = {
  readonly title: string;
  readonly lines: readonly string[];
  readonly loud: boolean;
  readonly acts: readonly { readonly act: ChatAct; readonly label: string }[];
  /** Which of what was sent is answered: signed by this desk. */
  readonly token: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
  /** For services without buttons of their own: where each act is one press further. */
  readonly actUrl: { readonly label: string; readonly url: string } | null;
};

/** Somebody pressed: who they are to the service, and what they said. */
export type Pressed = {
  readonly who: string;
  readonly act: ChatAct;
  readonly token: string;
};

export const isChatAct = (text: unknown): text is ChatAct =>
  text === "accept" || text === "decline" || text === "received";
