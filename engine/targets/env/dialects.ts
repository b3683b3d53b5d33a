/** Programs that read env files, each by rules of its own. */
export const DIALECT_IDS = ['compose', 'node', 'ruby', 'python', 'systemd', 'sh', 'docker'] as const;
/** See {@link DIALECT_IDS}. */
export type DialectId = (typeof DIALECT_IDS)[number];

/** Where a `$` is more than a `$`. */
type Expansion = 'none' | 'braces' | 'dollar';

/** How a text between one kind of quotes is read. */
export interface QuoteRule {
  /** What a backslash and one of these characters stand for. */
  escapes: Readonly<Record<string, string>>;
  /** Any other backslash: it stays, or goes and leaves the character after it. */
  otherEscapes: 'kept' | 'dropped';
  /**
   * Which quotes do not close: none; `pairs`, one after a backslash that is not escaped itself; `before`, one right
   * after any backslash, as the regular expressions of several libraries have it.
   */
  guard: 'none' | 'pairs' | 'before';
  expands: Expansion;
}

/** How one program reads an env file. */
export interface EnvDialect {
  id: DialectId;
  /** Quotes that it takes off, with their rules. */
  quotes: Readonly<Record<string, QuoteRule>>;
  bare: {
    /** Where a comment begins after a value: at any `#`, at one after white space, or nowhere. */
    comment: 'any' | 'spaced' | 'none';
    escapes: 'kept' | 'dropped';
    expands: Expansion;
    /** False when white space around it belongs to the value. */
    trims: boolean;
  };
  /** Whether a text between quotes may go on over several lines. */
  multiline: boolean;
  /** Whether pieces with different quotes may follow each other, as in a shell. */
  joins: boolean;
  /** First character of lines that are comments. */
  commentLine: string;
  exports: boolean;
  /** White space around the equals sign. */
  spacedEquals: boolean;
  /** Whether `KEY: value` counts too. */
  colon: boolean;
}

const literal: QuoteRule = { escapes: {}, otherEscapes: 'kept', guard: 'none', expands: 'none' };
const shellEscapes = { '"': '"', '\\': '\\', '`': '`', $: '$', '\n': '' };

/** The rules of every program, from their sources. */
export const DIALECTS: Readonly<Record<DialectId, EnvDialect>> = {
  // compose-go dotenv/parser.go; an env_file of a service and .env beside the Compose file are read alike.
  compose: {
    id: 'compose',
    quotes: {
      "'": { ...literal, escapes: { "'": "'" }, guard: 'pairs' },
      '"': {
        escapes: { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', $: '$' },
        otherEscapes: 'kept',
        guard: 'pairs',
        expands: 'dollar',
      },
    },
    bare: { comment: 'spaced', escapes: 'kept', expands: 'dollar', trims: true },
    multiline: true,
    joins: false,
    commentLine: '#',
    exports: true,
    spacedEquals: true,
    colon: true,
  },
  // motdotla/dotenv main.js
  node: {
    id: 'node',
    quotes: {
      "'": { ...literal, guard: 'before' },
      '"': { escapes: { n: '\n', r: '\r' }, otherEscapes: 'kept', guard: 'before', expands: 'none' },
      '`': { ...literal, guard: 'before' },
    },
    bare: { comment: 'any', escapes: 'kept', expands: 'none', trims: true },
    multiline: true,
    joins: false,
    commentLine: '#',
    exports: true,
    spacedEquals: true,
    colon: true,
  },
  // bkeepers/dotenv parser.rb
  ruby: {
    id: 'ruby',
    quotes: {
      "'": { ...literal, guard: 'before' },
      // What \n and \r become depends on the version and on DOTENV_LINEBREAK_MODE.
      '"': { escapes: {}, otherEscapes: 'dropped', guard: 'before', expands: 'dollar' },
    },
    bare: { comment: 'any', escapes: 'dropped', expands: 'dollar', trims: true },
    // Versions before 3 read line by line.
    multiline: false,
    joins: false,
    commentLine: '#',
    exports: true,
    spacedEquals: true,
    colon: true,
  },
  // python-dotenv parser.py; variables are put in after the quotes are gone.
  python: {
    id: 'python',
    quotes: {
      "'": { escapes: { '\\': '\\', "'": "'" }, otherEscapes: 'kept', guard: 'before', expands: 'braces' },
      '"': {
        escapes: {
          '\\': '\\',
          "'": "'",
          '"': '"',
          a: '\x07',
          b: '\b',
          f: '\f',
          n: '\n',
          r: '\r',
          t: '\t',
          v: '\v',
        },
        otherEscapes: 'kept',
        guard: 'before',
        expands: 'braces',
      },
    },
    bare: { comment: 'spaced', escapes: 'kept', expands: 'braces', trims: true },
    multiline: true,
    joins: false,
    commentLine: '#',
    exports: true,
    spacedEquals: true,
    colon: false,
  },
  // systemd src/basic/env-file.c
  systemd: {
    id: 'systemd',
    quotes: {
      "'": literal,
      '"': { escapes: shellEscapes, otherEscapes: 'kept', guard: 'pairs', expands: 'none' },
    },
    bare: { comment: 'none', escapes: 'dropped', expands: 'none', trims: true },
    multiline: true,
    joins: false,
    commentLine: '#;',
    exports: false,
    spacedEquals: true,
    colon: false,
  },
  sh: {
    id: 'sh',
    quotes: {
      "'": literal,
      '"': { escapes: shellEscapes, otherEscapes: 'kept', guard: 'pairs', expands: 'dollar' },
    },
    bare: { comment: 'spaced', escapes: 'dropped', expands: 'dollar', trims: true },
    multiline: true,
    joins: true,
    commentLine: '#',
    exports: true,
    spacedEquals: false,
    colon: false,
  },
  // docker/cli opts/file.go: everything after the first equals sign, quotes and all.
  docker: {
    id: 'docker',
    quotes: {},
    bare: { comment: 'none', escapes: 'kept', expands: 'none', trims: false },
    multiline: false,
    joins: false,
    commentLine: '#',
    exports: false,
    spacedEquals: false,
    colon: false,
  },
};
