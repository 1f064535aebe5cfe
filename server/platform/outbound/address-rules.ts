import { BlockList, isIP } from 'node:net';

/** What the operator's list says about one destination. */
export type AllowPrivate = (address: string, hostname: string, port: number) => boolean;

const refusedV4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

const refusedV6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const special = new BlockList();
for (const [network, bits] of refusedV4) special.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of refusedV6) special.addSubnet(network, bits, 'ipv6');

const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/**
 * The address in its plainest form: IPv4 inside IPv6 (mapped `::ffff:0:0/96`, NAT64 `64:ff9b::/96`) becomes that IPv4 address, a zone
 * (`%eth0`) is cut off. Not an address: returned as it is.
 */
export function plainAddress(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (isIP(bare) !== 6) return bare;
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const embedded = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!embedded) return canonical;
  const [high, low] = [Number.parseInt(embedded[1] as string, 16), Number.parseInt(embedded[2] as string, 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/**
 * True only for addresses of the public internet. Private, loopback, link-local, shared (CGNAT), multicast, reserved and documentation
 * ranges, and IPv6 transition ranges that can carry an inner address, are not (IANA special-purpose registries, RFC 6890).
 */
export function isPublicAddress(address: string): boolean {
  const plain = plainAddress(address);
  const family = isIP(plain);
  if (family === 4) return !special.check(plain, 'ipv4');
  return family === 6 && globalUnicast.check(plain, 'ipv6') && !special.check(plain, 'ipv6');
}

/**
 * Reads the operator's list: each entry is a name, an address or a network (CIDR), each optionally with `:port` (IPv6 then in brackets).
 * Throws an Error that names the entry when one cannot be read: a list that is half understood would be a hole.
 */
export function parseAllowPrivate(entries: string[]): AllowPrivate {
  const rules = entries
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseEntry);
  return (address, hostname, port) => rules.some((rule) => rule(plainAddress(address), hostname.toLowerCase(), port));
}

function parseEntry(entry: string): AllowPrivate {
  const parts =
    /^(?:\[(?<v6>[0-9a-f:.]+)\]|(?<bare6>[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*)|(?<host>[a-z0-9._-]+))(?:\/(?<bits>\d{1,3}))?(?::(?<port>\d{1,5}))?$/i.exec(
      entry,
    );
  const host = parts?.groups?.v6 ?? parts?.groups?.bare6 ?? parts?.groups?.host;
  const port = parts?.groups?.port === undefined ? null : Number(parts.groups.port);
  const bits = parts?.groups?.bits === undefined ? null : Number(parts.groups.bits);
  const family = host === undefined ? 0 : isIP(host);
  const wrong =
    host === undefined ||
    (port !== null && (port < 1 || port > 65535)) ||
    (bits !== null && (family === 0 || bits > (family === 4 ? 32 : 128)));
  if (wrong || (family === 0 && /^[\d.]+$/.test(host))) {
    throw new Error(`GROUNDCREW_ALLOW_PRIVATE: "${entry}" is no host, address or network. Write it like 127.0.0.1:9001 or 10.1.0.0/16.`);
  }
  const fits = (actual: number) => port === null || port === actual;
  if (family === 0) return (_address, hostname, actualPort) => hostname === host.toLowerCase() && fits(actualPort);
  const network = new BlockList();
  network.addSubnet(plainAddress(host), bits ?? (family === 4 ? 32 : 128), isIP(plainAddress(host)) === 4 ? 'ipv4' : 'ipv6');
  return (address, _hostname, actualPort) => fits(actualPort) && network.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
