/** Registers the worker that keeps the one page shown without a network: public/sw.js. Browsers without one lose nothing. */
import type { Language } from "#core/kernel/vocabulary.ts";

type Policy = { readonly createScriptURL: (address: string) => string };
declare global {
  var trustedTypes:
    | { readonly createPolicy: (name: string, rules: { createScriptURL: (address: string) => string }) => Policy }
    | undefined;
}

const addresses: Readonly<Record<Language, string>> = { fr: "/sw.js?lang=fr", en: "/sw.js?lang=en" };

/** The policy of the page takes no address of a script as plain text: only these two are let through. */
const policy = globalThis.trustedTypes?.createPolicy("tocsin-offline", {
  createScriptURL: (address) => {
    if (Object.values(addresses).includes(address)) return address;
    throw new TypeError("not the worker of this application");
  },
});

export function keepOfflinePage(language: Language): void {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  const address = addresses[language];
  /* Refused by the reader's settings: the application works as before. */
  navigator.serviceWorker.register(policy?.createScriptURL(address) ?? address, { scope: "/" }).catch(() => {});
}

/** An application installed in one language keeps its name in it; the next installation has the other. */
export function pointToManifest(language: Language): void {
  document.querySelector('link[rel="manifest"]')?.setAttribute("href", `/manifest.webmanifest?lang=${language}`);
}
