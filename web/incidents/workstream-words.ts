import { workstreams } from "#languages/workstreams.ts";
import { useMessages } from "../language/use-messages.ts";

export const useStreamWords = () => useMessages(workstreams);
