import { setup } from "#languages/setup.ts";
import { useMessages } from "../language/use-messages.ts";

export const useSetupWords = () => useMessages(setup).t;
