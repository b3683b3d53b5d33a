import dgram from 'node:dgram';
import { once } from 'node:events';

/** Records of one name by type. A target of '.' is the root. */
export interface Zone {
  MX?: [priority: number, exchange: string][];
  SRV?: [priority: number, weight: number, port: number, target: string][];
  CNAME?: string;
}

/** A name server on loopback. */
export interface DnsStub {
  /** `127.0.0.1:port`, as `Resolver.setServers` takes it. */
  server: string;
  /** Questions that came, as `TYPE name`. */
  asked(): string[];
  close(): void;
}

const TYPES: Record<number, keyof Zone> = { 5: 'CNAME', 15: 'MX', 33: 'SRV' };
const NOERROR = 0;
const NXDOMAIN = 3;

/** Starts a name server that knows the given names; others do not exist. `answerCode` replaces every answer, such as 2 for SERVFAIL. */
export async function dnsStub(zones: Record<string, Zone>, answerCode?: number): Promise<DnsStub> {
  const socket = dgram.createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query, from) => {
    const { name, type, end } = questionOf(query);
    asked.push(`${TYPES[type] ?? type} ${name}`);
    const zone = zones[name];
    const answers = zone && answerCode === undefined ? recordsOf(zone, type) : [];
    const code = answerCode ?? (zone ? NOERROR : NXDOMAIN);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // QR, RD and RA (RFC 1035 4.1.1).
    header.writeUInt16BE(0x8180 | code, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    socket.send(Buffer.concat([header, query.subarray(12, end), ...answers]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
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

function recordsOf({ MX = [], SRV = [], CNAME }: Zone, type: number): Buffer[] {
  if (TYPES[type] === 'MX') return MX.map(([priority, exchange]) => record(type, numbers(priority), nameOf(exchange)));
  if (TYPES[type] === 'SRV')
    return SRV.map(([...parts]) => record(type, numbers(...parts.slice(0, 3)), nameOf(parts[3])));
  return TYPES[type] === 'CNAME' && CNAME !== undefined ? [record(type, nameOf(CNAME))] : [];
}

function record(type: number, ...data: Buffer[]): Buffer {
  const rdata = Buffer.concat(data);
  // The name is that of the question, at offset 12.
  return Buffer.concat([Buffer.from([0xc0, 12]), numbers(type, 1, 0, 60, rdata.length), rdata]);
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
