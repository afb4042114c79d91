/** What limits count by: the network part of an address, since an IPv6 customer holds a whole /64. */
import type { FastifyRequest } from "fastify";

export function networkOf(request: FastifyRequest): string {
  const address = request.ip.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === "" ? [] : tail.split(":");
  const missing = address.includes("::") ? 8 - groups.length - rest.length : 0;
  return [...groups, ...Array.from({ length: Math.max(0, missing) }, () => "0"), ...rest]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":");
}
