import type { ParsedNode } from 'yaml';
import { appErrorOf } from '../../../shared/errors.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { YamlFile } from './document.ts';
import type { Place, YamlEntry } from './nodes.ts';
import { outlineDifference } from './outline.ts';
import { lineEnd, stepOf } from './range.ts';
import { isPlainText, quoteSingle, writeScalar, type YamlStyle, type YamlWord, type YamlWritable } from './write.ts';

/** A part of the text and what comes in its place. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** What is to be replaced in one text, and what the result has to mean. */
export class EditSession {
  readonly file: YamlFile;
  readonly style: YamlStyle;
  /** Items that were put behind each list. */
  readonly appended = new Map<unknown, number>();
  private readonly replacements: Replacement[] = [];
  private readonly touched: Place[] = [];
  private readonly expected: { place: Place; value: YamlWritable | undefined }[] = [];
  private problem: string | undefined;

  constructor(file: YamlFile) {
    this.file = file;
    this.style = { step: stepOf(file), newline: file.text.includes('\r\n') ? '\r\n' : '\n' };
  }

  /** Notes a replacement. */
  replace(replacement: Replacement): void {
    this.replacements.push(replacement);
  }

  /** Notes that anything below a place may change. */
  touch(place: Place): void {
    this.touched.push(place);
  }

  /** Notes what a place has to hold in the end; undefined for nothing. */
  expect(place: Place, value: YamlWritable | undefined): void {
    this.touch(place);
    this.expected.push({ place, value });
  }

  /** Ends in a refusal, with the last of the entries as the reason. */
  refuse(entries: readonly YamlEntry[], what: string): void {
    const entry = entries.at(-1);
    if (entry) this.stop(`line ${entry.line}: ${entry.key} ${what}. Change it there by hand.`);
  }

  /** Ends in a refusal because of a node. */
  refuseAt(node: ParsedNode, what: string): void {
    this.stop(`line ${this.file.lineAt(node.range[0])} ${what}. Change it by hand.`);
  }

  /** Ends in a refusal; the first reason is the one that is told. */
  stop(reason: string): void {
    this.problem ??= reason;
  }

  /** Offset after the line that an offset stands in. */
  afterLine(offset: number): number {
    return lineEnd(this.file.text, offset);
  }

  /** Puts whole lines before an offset that begins a line, or behind a last line that has no end. */
  insertLines(at: number, lines: readonly string[]): void {
    const { newline } = this.style;
    const open = at > 0 && this.file.text[at - 1] !== '\n';
    const block = open ? lines.map((line) => newline + line) : lines.map((line) => line + newline);
    this.replace({ start: at, end: at, text: block.join('') });
  }

  /** The text with all changes made. Errors: TARGET_REFUSES for a layout that cannot be changed safely. */
  result(product: string): Result<string> {
    const refusal = (reason: string) =>
      fail(appErrorOf('TARGET_REFUSES', { target: product, field: 'this file', reason }));
    if (this.problem) return refusal(this.problem);
    if (this.replacements.length === 0) return ok(this.file.text);
    const text = this.compose();
    const difference = outlineDifference(this.file, text, this.touched, this.expected);
    return difference ? refusal(difference) : ok(text);
  }

  private compose(): string {
    const ordered = this.replacements.toSorted((a, b) => a.start - b.start || a.end - b.end);
    const parts: string[] = [];
    let at = 0;
    for (const { start, end, text } of ordered) {
      parts.push(this.file.text.slice(at, Math.max(start, at)), text);
      at = Math.max(end, at);
    }
    parts.push(this.file.text.slice(at));
    return parts.join('');
  }
}

/** A value in the quotes of the one that it replaces, where they can hold it. */
export function inStyleOf(type: string | undefined, value: string | number | boolean | YamlWord): string {
  if (typeof value !== 'string') return writeScalar(value);
  if (type === 'PLAIN' && isPlainText(value)) return value;
  if (type === 'QUOTE_SINGLE') return quoteSingle(value) ?? writeScalar(value);
  return writeScalar(value);
}
