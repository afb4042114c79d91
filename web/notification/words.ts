import { channels } from "#languages/channels.ts";
import { useMessages } from "../language/use-messages.ts";

export const useChannelWords = () => useMessages(channels);
