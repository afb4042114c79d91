import { heartbeats } from "#languages/heartbeats.ts";
import { useMessages } from "../language/use-messages.ts";

export const useHeartbeatWords = () => useMessages(heartbeats);
