import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isSeq,
  type Pair,
  type ParsedNode,
  parseAllDocuments,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { appErrorOf } from '../../../shared/errors.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { LineFinder, placeOf } from '../json/position.ts';
import { findTemplate } from '../templates.ts';
import { type RawNode, YamlList, YamlMap } from './nodes.ts';

/**
 * Characters of a YAML text that is read. Reading takes some seconds for a million of them, and no settings file of a
 * product comes near.
 */
export const MAX_YAML = 400_000;

/** Levels of nesting, and columns of indentation, that are read. */
const MAX_DEPTH = 500;

const DEEP_LINE = new RegExp(`^[ \\t?:-]{${MAX_DEPTH}}`, 'm');

const TOO_DEEP = appErrorOf('PARSE_FAILED', {
  format: 'YAML',
  line: 1,
  column: 1,
  detail: 'It is nested too deeply.',
});

/**
 * A YAML text with the place of everything in it. Every scalar is kept as its text (failsafe schema): what `no`, `0123`
 * or `12:30` mean differs between YAML 1.1 and 1.2, so the product that reads the file decides, not the parser.
 */
export class YamlFile {
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
  private readonly lines: LineFinder;
  private readonly anchors = new Map<Document.Parsed, Map<string, ParsedNode[]>>();

  private constructor(text: string, documents: readonly Document.Parsed[]) {
    this.text = text;
    this.documents = documents;
    this.lines = new LineFinder(text);
  }

  /** Reads a text. Errors: INPUT_TOO_LARGE, TEMPLATE_FILE, PARSE_FAILED with the place and the reason. */
  static read(text: string): Result<YamlFile> {
    if (text.length > MAX_YAML) return fail(appErrorOf('INPUT_TOO_LARGE', { what: 'The YAML text', max: MAX_YAML }));
    if (isTooDeep(text)) return fail(TOO_DEEP);
    let documents: Document.Parsed[];
    try {
      const parsed = parseAllDocuments(text, {
        schema: 'failsafe',
        version: '1.2',
        uniqueKeys: false,
        keepSourceTokens: true,
        prettyErrors: false,
        logLevel: 'silent',
      });
      documents = [...parsed] as Document.Parsed[];
    } catch (error) {
      // The second net: the parser recurses, and a full stack is no bug of ours.
      if (!(error instanceof RangeError)) throw error;
      return fail(TOO_DEEP);
    }
    const [fault] = documents.flatMap(({ errors }) => errors);
    return fault ? fail(faultOf(text, fault)) : ok(new YamlFile(text, documents));
  }

  /** The outermost map of each document; a document that is no map is left out. */
  maps(): YamlMap[] {
    return this.documents.flatMap((document, index) => {
      const { contents } = document;
      return isMap(contents) ? [new YamlMap(this, document, contents as YAMLMap.Parsed, '', [index])] : [];
    });
  }

  /** The outermost list of each document that is one. */
  lists(): YamlList[] {
    return this.documents.flatMap((document, index) => {
      const { contents } = document;
      return isSeq(contents) ? [new YamlList(this, document, contents as YAMLSeq.Parsed, '', [index])] : [];
    });
  }

  /** Line of an offset, from 1. */
  lineAt(offset: number): number {
    return this.lines.lineAt(offset);
  }

  /** The node itself, or the one that an alias stands for; null for an alias of nothing. */
  resolve(document: Document.Parsed, node: RawNode): ParsedNode | null {
    let at = node;
    // An alias of an alias cannot be written, but nothing here relies on that.
    for (let hop = 0; hop < 10 && isAlias(at); hop++) at = this.anchored(document, at as Alias.Parsed);
    return isAlias(at) ? null : at;
  }

  /** Names of anchors that some alias of the document points to. */
  usedAnchors(document: Document.Parsed): ReadonlySet<string> {
    const used = new Set<string>();
    walk(document.contents, (node) => {
      if (isAlias(node)) used.add(node.source);
    });
    return used;
  }

  private anchored(document: Document.Parsed, alias: Alias.Parsed): ParsedNode | null {
    let known = this.anchors.get(document);
    if (!known) {
      known = new Map();
      const found = known;
      walk(document.contents, (node) => {
        if (isAlias(node) || !node.anchor) return;
        found.set(node.anchor, [...(found.get(node.anchor) ?? []), node]);
      });
      this.anchors.set(document, known);
    }
    // A name can be given again; an alias means the last one before it.
    return known.get(alias.source)?.findLast((node) => node.range[0] < alias.range[0]) ?? null;
  }
}

/** Visits every node once, aliases not followed, without recursion. */
export function walk(root: RawNode, visit: (node: ParsedNode) => void): void {
  const open: RawNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!node) continue;
    visit(node);
    if (isMap(node)) {
      for (const pair of node.items as Pair<ParsedNode, RawNode>[]) open.push(pair.key, pair.value);
    } else if (isSeq(node)) open.push(...(node.items as RawNode[]));
  }
}

/**
 * Looks for nesting that the parser cannot take: it recurses, and a stack that is full in the middle of a regular
 * expression ends the whole process instead of throwing. Brackets in texts are counted too.
 */
function isTooDeep(text: string): boolean {
  if (DEEP_LINE.test(text)) return true;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) depth++;
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function faultOf(text: string, fault: YAMLError) {
  const place = placeOf(text, fault.pos[0]);
  const template = findTemplate(text, place.line);
  if (template) return appErrorOf('TEMPLATE_FILE', template);
  // The parser's own words may quote the text, which may be a secret.
  const detail = WORDS[fault.code] ?? 'This is no valid YAML.';
  return appErrorOf('PARSE_FAILED', { format: 'YAML', ...place, detail });
}

const WORDS: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'A tab stands where YAML allows only spaces.',
  BAD_INDENT: 'The indentation does not fit the lines above.',
  MISSING_CHAR: 'A quote, bracket or colon is missing.',
  BAD_SCALAR_START: 'A value cannot begin with this character unless it is in quotes.',
  BAD_DQ_ESCAPE: 'This backslash sequence is unknown. Use single quotes, or two backslashes.',
  MULTILINE_IMPLICIT_KEY: 'A colon is missing, or a quote is not closed.',
  BLOCK_AS_IMPLICIT_KEY: 'There is a colon too many, or the indentation is wrong. Put the value in quotes.',
  UNEXPECTED_TOKEN: 'Something stands here that does not belong to the line.',
  BAD_ALIAS: 'An alias points to nothing.',
};
