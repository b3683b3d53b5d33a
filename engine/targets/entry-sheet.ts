import type { SheetField } from '../../shared/entry-sheet.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type { ApplyStep } from '../../shared/target.ts';
import { SHOWN_MASK } from './json/mask.ts';
import { maskLines } from './mask-lines.ts';
import { maskByLines } from './mask-part.ts';
import { refusal } from './product.ts';
import { isPlaceholder, secretText } from './secret-policy.ts';
import type { SecretsForExport } from './target.ts';

/** Stands in a sheet where a person is to type the secret. */
const TYPE_IT = '(type it)';
const EMPTY = '(leave empty)';

/** One field of a product's form; a secret is only named, and `enter` is then ''. */
export interface FormField
  extends Pick<SheetField, 'label' | 'enter'>,
    Partial<Pick<SheetField, 'isRequired' | 'help'>> {
  secret?: SecretKind;
}

/** The form of a product that takes no file, with the values to enter. */
export interface FormSheet {
  /** The way to the form. */
  place: string;
  fields: readonly FormField[];
}

/** What a form calls a switch. */
export function onOff(on: boolean): string {
  return on ? 'On' : 'Off';
}

/**
 * A sheet as text: one line for each field, a field of several lines on as many. A field with nothing to enter says so,
 * since an empty line would look like a mistake. Error: TARGET_REFUSES for a secret that cannot be typed.
 */
export function sheetText(product: string, { place, fields }: FormSheet, secrets: SecretsForExport): Result<string> {
  const width = Math.max(...fields.map(({ label }) => label.length));
  const lines: string[] = [];
  for (const { label, enter, secret } of fields) {
    const value = secret === undefined ? enter : (secretText(secrets, secret, null) ?? TYPE_IT);
    if (secret !== undefined && /\p{Cc}/u.test(value)) {
      return refusal(product, secret, 'it has a character that cannot be typed into a form.');
    }
    for (const line of (value || EMPTY).split('\n')) lines.push(`${label.padEnd(width)}  ${line}`);
  }
  return ok([place, '', ...lines, ''].join('\n'));
}

/** The fields as steps to follow: what to enter is there to copy, a secret is not. */
export function sheetSteps({ fields }: FormSheet): ApplyStep[] {
  return fields.flatMap(({ label, enter, secret }) => {
    if (secret !== undefined) return [{ title: `${label}: type it in`, command: '' }];
    return enter === '' ? [] : [{ title: label, command: enter }];
  });
}

/** Masks the values of the fields with these labels, in a text of {@link sheetText}. Keeps the number of lines. */
export function sheetMask(...labels: string[]): (text: string, from?: number, to?: number) => string {
  return maskByLines((text) =>
    maskLines(text)
      .split('\n')
      .map((line) => maskField(line, labels))
      .join('\n'),
  );
}

function maskField(line: string, labels: readonly string[]): string {
  const label = labels.find((each) => line.startsWith(`${each} `));
  if (label === undefined) return line;
  const value = line.slice(label.length).trimStart();
  if (value === EMPTY || value === TYPE_IT || isPlaceholder(value)) return line;
  return `${line.slice(0, line.length - value.length)}${SHOWN_MASK}`;
}
