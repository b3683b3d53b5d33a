import { isIPv4 } from '../../../shared/host.ts';

/** What a pseudonym stands for. */
export type IdentityKind = 'host' | 'user' | 'address' | 'name' | 'certificate';

// Private-use characters around a number: a pseudonym on its way, which no later step takes for something to mask.
const OPEN = '\ue000';
const CLOSE = '\ue001';

/**
 * Gives each identity one pseudonym, the same wherever it stands. In texts it stands as a mark until all is masked.
 * Pseudonyms are from what is set aside for examples: `.example` (RFC 2606), 192.0.2.0/24 and its siblings (RFC 5737),
 * 2001:db8::/32 (RFC 3849). One that occurs in the original is not given out.
 */
export class Pseudonyms {
  readonly #original: string;
  readonly #marks = new Map<string, string>();
  readonly #shown: string[] = [];
  readonly #counts = new Map<string, number>();

  /** `original` is all that is going to be masked. */
  constructor(original: string) {
    this.#original = original.toLowerCase();
  }

  /** The mark of an identity. Upper and lower case are the same. */
  mark(kind: IdentityKind, identity: string): string {
    const key = `${kind} ${identity.toLowerCase()}`;
    const known = this.#marks.get(key);
    if (known !== undefined) return known;
    const mark = `${OPEN}${this.#shown.length}${CLOSE}`;
    this.#shown.push(this.#next(kind, identity));
    this.#marks.set(key, mark);
    return mark;
  }

  /** A text with its marks replaced by what they stand for. */
  finish(text: string): string {
    return text.replace(/\ue000(\d+)\ue001/g, (_mark, index: string) => this.#shown[Number(index)] ?? '');
  }

  #next(kind: IdentityKind, identity: string): string {
    const series = kind === 'address' && isIPv4(identity) ? 'IPv4' : kind;
    for (;;) {
      const count = (this.#counts.get(series) ?? 0) + 1;
      this.#counts.set(series, count);
      const pseudonym = PSEUDONYMS[series](count);
      if (!this.#original.includes(pseudonym)) return pseudonym;
    }
  }
}

/** A text without characters that could be taken for a mark. */
export function withoutMarks(text: string): string {
  return text.replace(/[\ue000\ue001]/g, '?');
}

const PSEUDONYMS: Record<IdentityKind | 'IPv4', (count: number) => string> = {
  host: (count) => `host-${count}.example`,
  user: (count) => `user-${count}`,
  name: (count) => `name-${count}`,
  certificate: (count) => `certificate-${count}`,
  address: (count) => `2001:db8::${count.toString(16)}`,
  IPv4: ipv4,
};

const IPV4_BLOCKS = ['192.0.2', '198.51.100', '203.0.113'];

function ipv4(count: number): string {
  const block = IPV4_BLOCKS[Math.floor((count - 1) / 254)];
  // Beyond those, the block for benchmarks (RFC 2544).
  if (block === undefined) return `198.18.${(count >> 8) & 255}.${count & 255}`;
  return `${block}.${((count - 1) % 254) + 1}`;
}
