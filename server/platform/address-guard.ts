/** Which addresses this server may ask anything of when somebody typed them. Whatever is not on the public internet is
 *  forbidden, unless an administrator has listed it: a desk that can be made to ask its own network is a way into it
 *  (ASVS 1.3.6). What no list can open: the addresses where clouds hand out credentials, and those that only carry another
 *  address inside. */
import { BlockList, isIP } from "node:net";

export type Forbidden = "not-http" | "credentials-in-address" | "port" | "private-address" | "plain-http";

type Range = readonly [address: string, prefix: number];

/** Link-local (cloud metadata), multicast, unspecified, reserved, and every range that translates to another address. */
const never: readonly Range[] = [
  ["0.0.0.0", 8],
  ["100.100.100.200", 32],
  ["169.254.0.0", 16],
  ["192.0.0.0", 24],
  ["224.0.0.0", 3],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["2001::", 32],
  ["2002::", 16],
  ["fd00:ec2::254", 128],
  ["fe80::", 10],
  ["ff00::", 8],
  ["::", 128],
];
const privates: readonly Range[] = [
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["::", 96],
  ["fc00::", 7],
  ["fec0::", 10],
];

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 6 ? "ipv6" : "ipv4");

function listOf(ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ranges) list.addSubnet(address, prefix, familyOf(address));
  return list;
}

const neverList = listOf(never);
const privateList = listOf(privates);

/** `public`: anybody's. `listed`: private, and an administrator opened it. */
export type Standing = "public" | "listed" | "forbidden";

export type AddressGuard = (address: string) => Standing;

/** `listed`: CIDR ranges or single addresses; one that cannot be read opens nothing. */
export function createAddressGuard(listed: readonly string[]): AddressGuard {
  const open = listOf(listed.flatMap(rangeOf));
  return (address) => {
    const plain = address.replace(/%.*$/, "");
    if (isIP(plain) === 0) return "forbidden";
    const family = familyOf(plain);
    if (neverList.check(plain, family)) return "forbidden";
    if (!privateList.check(plain, family)) return "public";
    return open.check(plain, family) ? "listed" : "forbidden";
  };
}

function rangeOf(text: string): Range[] {
  const [address = "", bits] = text.split("/");
  const family = isIP(address);
  if (family === 0) return [];
  const widest = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? widest : Number(bits);
  return Number.isInteger(prefix) && prefix >= 0 && prefix <= widest ? [[address, prefix]] : [];
}

/** Ports of other protocols: a POST to a mail server or a database is no webhook. */
const mayAsk = (port: string): boolean => port === "" || port === "80" || port === "443" || Number(port) >= 1_024;

/** What can be said of an address before asking anything: its form, and its host when that is a number. A name says only
 *  when it is resolved, at each connection. */
export function judgeUrl(url: URL, guard: AddressGuard): Forbidden | null {
  if (url.protocol !== "https:" && url.protocol !== "http:") return "not-http";
  if (url.username !== "" || url.password !== "") return "credentials-in-address";
  if (!mayAsk(url.port)) return "port";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) === 0) return null;
  return judgeAddress(url, host, guard);
}

/** Without encryption only where an administrator has said that the network is their own. */
export function judgeAddress(url: URL, address: string, guard: AddressGuard): Forbidden | null {
  const standing = guard(address);
  if (standing === "forbidden") return "private-address";
  return url.protocol === "http:" && standing === "public" ? "plain-http" : null;
}
