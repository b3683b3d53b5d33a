import type { ImportOrigin } from '../../../shared/target.ts';
import type { YamlChanges, YamlEditor } from './edit.ts';
import { YamlMap, YamlScalar } from './nodes.ts';
import type { YamlWritable } from './write.ts';

/** A leaf by its whole name, nested or written with dots: `spring.mail.host`. */
interface Leaf {
  map: YamlMap;
  key: string;
  scalar: YamlScalar;
}

/**
 * A map whose names may be nested, dotted, or both at once, as Spring reads them: `spring: {mail.host: x}`. Keys in
 * brackets (`"[a.b]"`) count without them.
 */
export class FlatYaml {
  private readonly root: YamlMap;
  private readonly leaves = new Map<string, Leaf>();
  private readonly asked = new Set<string>();

  constructor(root: YamlMap) {
    this.root = root;
    this.collect(root, '', 0);
  }

  /** The scalar of a name; the last one wins. Null counts as absent. */
  get(name: string): YamlScalar | undefined {
    this.asked.add(name);
    const found = this.leaves.get(name)?.scalar;
    return found?.isNull ? undefined : found;
  }

  /** True when a name, or one below it, is there. */
  has(name: string): boolean {
    return this.leaves.has(name) || [...this.leaves.keys()].some((leaf) => leaf.startsWith(`${name}.`));
  }

  /** Names below a prefix that nobody asked for. */
  rest(prefix: string): ImportOrigin[] {
    return [...this.leaves].flatMap(([name, { scalar }]) =>
      name.startsWith(prefix) && !this.asked.has(name) ? [{ key: name, line: scalar.origin.line }] : [],
    );
  }

  /**
   * Changes names where they stand; a new one goes into the deepest map that is there for it.
   * @param wanted New values by whole name; undefined removes.
   */
  change(editor: YamlEditor, wanted: YamlChanges): void {
    const byMap = new Map<YamlMap, Record<string, YamlWritable | undefined>>();
    const changesOf = (map: YamlMap) => {
      const same = [...byMap.keys()].find((known) => known.node === map.node) ?? map;
      const changes = byMap.get(same) ?? {};
      byMap.set(same, changes);
      return changes;
    };
    for (const [name, value] of Object.entries(wanted)) {
      const leaf = this.leaves.get(name);
      if (leaf) changesOf(leaf.map)[leaf.key] = value;
      else if (value !== undefined) {
        const { map, rest } = this.deepest(name);
        nest(changesOf(map), rest, value);
      }
    }
    for (const [map, changes] of byMap) editor.change(map, changes);
  }

  private collect(map: YamlMap, prefix: string, depth: number): void {
    if (depth > 30) return;
    for (const { key } of map.entries()) {
      const name = join(prefix, key);
      const found = map.at(key);
      if (found instanceof YamlMap) this.collect(found, name, depth + 1);
      else if (found instanceof YamlScalar) this.leaves.set(name, { map, key, scalar: found });
    }
  }

  /** The map that a new name belongs into, and what of the name is left below it. */
  private deepest(name: string): { map: YamlMap; rest: string[] } {
    let best = { map: this.root, rest: name.split('.') };
    for (let found = true; found; ) {
      found = false;
      for (const { key, inherited } of best.map.entries()) {
        const parts = key.split('.');
        const below = inherited ? undefined : best.map.map(key);
        if (!below || parts.length >= best.rest.length || parts.some((part, index) => best.rest[index] !== part))
          continue;
        best = { map: below, rest: best.rest.slice(parts.length) };
        found = true;
        break;
      }
    }
    return best;
  }
}

/** Nested maps for dotted names. A name that is also the beginning of another stays dotted. */
export function nested(flat: YamlChanges): YamlChanges {
  const root: Record<string, YamlWritable | undefined> = {};
  for (const [name, value] of Object.entries(flat)) if (value !== undefined) nest(root, name.split('.'), value);
  return root;
}

function nest(
  target: Record<string, YamlWritable | undefined>,
  [first = '', ...rest]: string[],
  value: YamlWritable,
): void {
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  const below = target[first];
  if (below === undefined) {
    const made: Record<string, YamlWritable | undefined> = {};
    target[first] = made;
    nest(made, rest, value);
  } else if (typeof below === 'object' && Object.getPrototypeOf(below) === Object.prototype) {
    nest(below as Record<string, YamlWritable | undefined>, rest, value);
  } else target[[first, ...rest].join('.')] = value;
}

function join(prefix: string, key: string): string {
  const bracketed = /^\[(.*)\]$/.exec(key)?.[1];
  const name = bracketed ?? key;
  return prefix === '' ? name : `${prefix}.${name}`;
}
