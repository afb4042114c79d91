/** Subscribes this browser to what the desk pushes; what it then says of itself is a contact point. */
import { readPushKey } from "#contract/notifications.ts";
import { call } from "../client.ts";

export type PushRefused = "unsupported" | "refused";
export type Subscribed = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

export async function subscribeThisDevice(): Promise<Subscribed | PushRefused> {
  if (!("serviceWorker" in navigator) || !("PushManager" in globalThis) || !("Notification" in globalThis))
    return "unsupported";
  if ((await Notification.requestPermission()) !== "granted") return "refused";
  const { publicKey } = await call(readPushKey, {});
  const worker = await navigator.serviceWorker.getRegistration("/");
  if (!worker) return "unsupported";
  try {
    const subscription = await subscribe(worker, publicKey);
    const { endpoint, keys } = subscription.toJSON();
    return endpoint && keys?.p256dh && keys.auth ? { endpoint, p256dh: keys.p256dh, auth: keys.auth } : "unsupported";
  } catch {
    return "refused";
  }
}

/** One made under another key, of a desk that was there before, is given up first. */
async function subscribe(worker: ServiceWorkerRegistration, publicKey: string): Promise<PushSubscription> {
  const asked = { userVisibleOnly: true, applicationServerKey: publicKey };
  try {
    return await worker.pushManager.subscribe(asked);
  } catch {
    await (await worker.pushManager.getSubscription())?.unsubscribe();
    return worker.pushManager.subscribe(asked);
  }
}
