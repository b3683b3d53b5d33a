import dgram from 'node:dgram';
import { once } from 'node:events';

/** Records of one name by type. A target of '.' is the root. */
export interface Zone {
  MX?: [priority: number, exchange: string][];
  SRV?: [priority: number, weight: number, port: number, target: string][];
  /** Also the answer to other questions, along with the records of the name that it leads to. */
  CNAME?: string;
  A?: string[];
  AAAA?: string[];
  /** In place of any answer: a code such as 2 for SERVFAIL, or none at all. */
  reply?: number | 'silence';
}

/** A name server on loopback. */
export interface DnsStub {
  /** `127.0.0.1:port`, as `Resolver.setServers` takes it. */
  server: string;
  /** Questions that came, as `TYPE name`. */
  asked(): string[];
  close(): void;
}

const TYPES: Record<number, keyof Zone> = { 1: 'A', 5: 'CNAME', 15: 'MX', 28: 'AAAA', 33: 'SRV' };
/** Aliases that are followed in one answer; a loop ends there. */
const MOST_ALIASES = 4;
const NOERROR = 0;
const NXDOMAIN = 3;

/**
 * Starts a name server that knows the given names; others do not exist. `answerCode` replaces every answer, such as 2 for
 * SERVFAIL. The system's own resolver asks at port 53 only.
 */
export async function dnsStub(zones: Record<string, Zone>, answerCode?: number, port = 0): Promise<DnsStub> {
  const socket = dgram.createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query, from) => {
    const { name, type, end } = questionOf(query);
    asked.push(`${TYPES[type] ?? type} ${name}`);
    const zone = zones[name];
    const reply = answerCode ?? zone?.reply;
    if (reply === 'silence') return;
    const answers = zone && reply === undefined ? recordsOf(zones, name, type) : [];
    const code = reply ?? (zone && (TYPES[type] === 'CNAME' || leadsSomewhere(zones, name)) ? NOERROR : NXDOMAIN);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // QR, RD and RA (RFC 1035 4.1.1).
    header.writeUInt16BE(0x8180 | code, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...answers]), from.port, from.address);
  });
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return { server: `127.0.0.1:${socket.address().port}`, asked: () => asked, close: () => socket.close() };
}

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** False for an alias whose target is not known: its answer is an alias and NXDOMAIN (RFC 6604 3). */
function leadsSomewhere(zones: Record<string, Zone>, name: string, followed = 0): boolean {
  const alias = zones[name]?.CNAME;
  if (alias === undefined || followed >= MOST_ALIASES) return zones[name] !== undefined;
  return leadsSomewhere(zones, alias, followed + 1);
}

function recordsOf(zones: Record<string, Zone>, name: string, type: number, followed = 0): Buffer[] {
  const { MX = [], SRV = [], A = [], AAAA = [], CNAME } = zones[name] ?? {};
  const owned = (...data: Buffer[]) => record(name, type, ...data);
  switch (TYPES[type]) {
    case 'MX':
      return MX.map(([priority, exchange]) => owned(numbers(priority), nameOf(exchange)));
    case 'SRV':
      return SRV.map(([...parts]) => owned(numbers(...parts.slice(0, 3)), nameOf(parts[3])));
    case 'CNAME':
      return CNAME === undefined ? [] : [owned(nameOf(CNAME))];
    case 'A':
    case 'AAAA':
      if (CNAME === undefined || followed >= MOST_ALIASES) {
        return (TYPES[type] === 'A' ? A : AAAA).map((address) => owned(addressBytes(address)));
      }
      return [record(name, 5, nameOf(CNAME)), ...recordsOf(zones, CNAME, type, followed + 1)];
    default:
      return [];
  }
}

function record(owner: string, type: number, ...data: Buffer[]): Buffer {
  const rdata = Buffer.concat(data);
  return Buffer.concat([nameOf(owner), numbers(type, 1, 0, 60, rdata.length), rdata]);
}

function addressBytes(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string) => text.split(':').filter((group) => group !== '');
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)];
  return numbers(...all.map((group) => Number.parseInt(group, 16)));
}

function numbers(...values: unknown[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(2);
      bytes.writeUInt16BE(Number(value));
      return bytes;
    }),
  );
}

function nameOf(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  return Buffer.concat([
    ...labels.map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
}
