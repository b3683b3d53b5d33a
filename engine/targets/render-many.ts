import type { ProfileSettings } from '../../shared/profile.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { ExportContext, SecretsForExport, Target } from './target.ts';

/** One profile of a file that holds several. */
export interface NamedAccount {
  /** A word of small letters, digits and hyphens that no other account of the file has. */
  name: string;
  settings: ProfileSettings;
  secrets: SecretsForExport;
}

/** The context of one account: the options of all, with its own name under the product's option for it. */
function contextOf({ name, secrets }: NamedAccount, options: ExportContext['options'], nameOption: string) {
  return { options: { ...options, [nameOption]: name }, secrets };
}

/**
 * Makes `renderMany` for a product whose `merge` adds an account that its file does not have yet.
 * @param nameOption Option of the product that names the account.
 */
export function mergingEach(
  { render, merge }: Pick<Target, 'render' | 'merge'>,
  nameOption: string,
): NonNullable<Target['renderMany']> {
  return ([first, ...others], options) => {
    if (!first) return ok('');
    let text = render(first.settings, contextOf(first, options, nameOption));
    for (const account of others) {
      if (!text.ok) return text;
      text = merge(text.value, account.settings, contextOf(account, options, nameOption));
    }
    return text;
  };
}

/** Makes `renderMany` for a product that reads several documents from one YAML file. */
export function documentEach(
  { render }: Pick<Target, 'render'>,
  nameOption: string,
): NonNullable<Target['renderMany']> {
  return (accounts, options): Result<string> => {
    const documents: string[] = [];
    for (const account of accounts) {
      const text = render(account.settings, contextOf(account, options, nameOption));
      if (!text.ok) return text;
      documents.push(text.value);
    }
    return ok(documents.join('---\n'));
  };
}

/** Words for accounts, one for each name and in their order, no two the same. */
export function accountNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const word =
      name
        .normalize('NFKD')
        .toLowerCase()
        .replace(/\p{M}+/gu, '')
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 40)
        .replace(/^-+|-+$/g, '') || 'account';
    let free = word;
    for (let number = 2; taken.has(free); number += 1) free = `${word}-${number}`;
    taken.add(free);
    return free;
  });
}
