import type { ImportOrigin } from '../../../shared/target.ts';
import type { ImportDraft } from '../draft.ts';

/** One variable as any syntax hands it over: a line of an env file, an entry of a Compose file, of a ConfigMap. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
  /** The key as the file has it, with its path, for messages. */
  readonly key: string;
  /** True when nothing puts other variables into the value, so that a `$` in it is just a `$`. */
  readonly literal?: boolean;
}

/** A value and where it stands. */
export interface Found<T> {
  value: T;
  origin: ImportOrigin;
}

const TRUE = /^(?:true|t|1|yes|y|on)$/i;
const FALSE = /^(?:false|f|0|no|n|off|)$/i;
const REFERENCE = /\$\{(\w+)(?::?-([^{}]*))?\}|\$([A-Z_][A-Z0-9_]*)\b/g;

/** The variables of one program, looked up by name, with note of those that were asked for. The last duplicate wins. */
export class Variables {
  private readonly byName = new Map<string, Variable>();
  private readonly asked = new Set<string>();
  private readonly draft: ImportDraft;

  constructor(variables: readonly Variable[], draft: ImportDraft) {
    for (const variable of variables) this.byName.set(variable.name, variable);
    this.draft = draft;
  }

  /** True when one of the names is there, whatever its value. */
  has(...names: readonly string[]): boolean {
    return names.some((name) => this.byName.has(name));
  }

  /** All names, in the order of the file. */
  names(): string[] {
    return [...this.byName.keys()];
  }

  /** Names of a family that nobody asked for. */
  rest(family: RegExp): Found<string>[] {
    const left = [...this.byName.values()].filter(({ name }) => family.test(name) && !this.asked.has(name));
    return left.map((variable) => ({ value: variable.name, origin: originOf(variable) }));
  }

  /** True when none of the names was asked for before; a second reading of the same variables would be a duplicate. */
  untouched(names: readonly string[]): boolean {
    return names.every((name) => !this.asked.has(name));
  }

  /** The first of the names that is there, as it stands: references are neither followed nor reported. */
  raw(...names: readonly string[]): Found<string> | undefined {
    const found = this.find(names);
    return found && { value: found.value, origin: originOf(found) };
  }

  /** As {@link raw} for a secret; `$NAME`, which only some readers follow, comes as a braced reference. */
  secret(...names: readonly string[]): Found<string> | undefined {
    const found = this.find(names);
    if (!found) return undefined;
    const bare = found.literal ? null : /^\$([A-Z_][A-Z0-9_]*)$/.exec(found.value);
    return { value: bare ? `$\{${bare[1]}}` : found.value, origin: originOf(found) };
  }

  /** The text of the first of the names that is there, with references filled in; undefined when one cannot be. */
  text(...names: readonly string[]): Found<string> | undefined {
    const found = this.find(names);
    if (!found) return undefined;
    if (found.literal || !found.value.includes('$')) return { value: found.value, origin: originOf(found) };
    return this.filled(found);
  }

  /** A switch. What is neither on nor off is reported and counts as absent. */
  flag(...names: readonly string[]): Found<boolean> | undefined {
    const found = this.text(...names);
    if (!found) return undefined;
    const { value, origin } = found;
    if (TRUE.test(value.trim())) return { value: true, origin };
    if (FALSE.test(value.trim())) return { value: false, origin };
    this.draft.ignore(origin, 'This is neither true nor false.');
    return undefined;
  }

  /** A whole number of at most six digits. Anything else is reported and counts as absent; empty is just absent. */
  number(...names: readonly string[]): Found<number> | undefined {
    const found = this.text(...names);
    if (!found || found.value.trim() === '') return undefined;
    if (/^\d{1,6}$/.test(found.value.trim())) return { value: Number(found.value), origin: found.origin };
    this.draft.ignore(found.origin, 'This is no whole number.');
    return undefined;
  }

  private find(names: readonly string[]): Variable | undefined {
    for (const name of names) this.asked.add(name);
    for (const name of names) {
      const found = this.byName.get(name);
      if (found) return found;
    }
    return undefined;
  }

  /** Variables of the same file stand in for references to them, then their fallbacks. */
  private filled(variable: Variable): Found<string> | undefined {
    const origin = originOf(variable);
    let missing = false;
    let fallback = false;
    const value = variable.value.replace(REFERENCE, (_all, braced?: string, standard?: string, bare?: string) => {
      const other = this.byName.get(braced ?? bare ?? '');
      if (other && other !== variable && !other.value.includes('$')) return other.value;
      if (standard === undefined || standard.includes('$')) missing = true;
      else fallback = true;
      return standard ?? '';
    });
    if (missing || /\$[({]/.test(value)) {
      this.draft.ignore(origin, 'This points to another variable. Enter the value by hand.');
      return undefined;
    }
    if (fallback) this.draft.warn('Some values point to other variables and have a fallback, which was taken.');
    return { value, origin };
  }
}

function originOf({ key, line }: Variable): ImportOrigin {
  return { key, line };
}
