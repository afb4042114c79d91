/** What limits count by: the network part of an address, since an IPv6 customer holds a whole /64. */
import type { FastifyRequest } from "fastify";

export function networkOf(request: FastifyRequest): string {
  const address = request.ip.replace(/^::ffff:/i, "");
  return address.includes(":") ? address.split(":").slice(0, 4).join(":") : address;
}
