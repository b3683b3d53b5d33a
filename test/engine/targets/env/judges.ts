import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import type { DialectId } from '../../../../engine/targets/env/dialects.ts';
import { pythonWith } from '../../../support/python.ts';
import { requireTool } from '../../../support/requires.ts';

/** A real reader of env files: what it makes of the variable A in each of several texts, null for nothing. */
export interface Judge {
  id: DialectId;
  name: string;
  available: boolean;
  /** Whether a value can be judged; all when absent. */
  takes?: (value: string) => boolean;
  read: (texts: string[]) => (string | null)[];
}

const RUBY = `
require 'dotenv'; require 'json'
puts JSON.generate(JSON.parse($stdin.read).map { |text| Dotenv::Parser.call(text)['A'] rescue nil })
`;
const PYTHON = `
import dotenv, io, json, logging, sys
logging.disable()
texts = json.load(sys.stdin)
json.dump([dotenv.dotenv_values(stream=io.StringIO(text, newline='')).get('A') for text in texts], sys.stdout)
`;

function runs(command: string, args: string[]): boolean {
  if (!requireTool(command)) return false;
  if (spawnSync(command, args).status === 0) return true;
  if (process.env.CI) throw new Error(`${command} lacks its dotenv library, which this test needs`);
  console.warn(`Skipped: ${command} has no dotenv library`);
  return false;
}

function ask(command: string, args: string[], texts: string[]): (string | null)[] {
  const { stdout, status, stderr } = spawnSync(command, args, { input: JSON.stringify(texts), encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as (string | null)[];
}

const python = pythonWith('dotenv', 'python3-dotenv');

/**
 * Reads environment.d with the parser of EnvironmentFile (env-file.c). What it does besides is not judged: it puts
 * variables in for their names, and leaves empty ones out.
 */
const SYSTEMD = '/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator';

function hasSystemd(): boolean {
  if (existsSync(SYSTEMD)) return true;
  if (process.env.CI) throw new Error('The environment generator of systemd is needed for this test');
  console.warn('Skipped: systemd is not installed');
  return false;
}

function askSystemd(text: string): string | null {
  const home = mkdtempSync(join(tmpdir(), 'relaysmith-systemd-'));
  try {
    mkdirSync(join(home, 'environment.d'));
    writeFileSync(join(home, 'environment.d/a.conf'), text);
    const generated = spawnSync(SYSTEMD, { env: { XDG_CONFIG_HOME: home, HOME: home }, encoding: 'utf8' });
    const printed = /^A=("(?:[^"\\]|\\.)*"|.*)$/m.exec(generated.stdout)?.[1];
    return generated.status === 0 && printed !== undefined ? unquoted(printed) : null;
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** What stands between the quotes of the generator's output, with its escapes of C (escape.c, shell_maybe_quote). */
function unquoted(printed: string): string {
  if (!printed.startsWith('"')) return printed;
  const letters: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  return printed
    .slice(1, -1)
    .replace(/\\([0-7]{3}|.)/g, (_escape, code: string) =>
      code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (letters[code] ?? code),
    );
}

/** The readers that can be had here; that of Compose cannot be asked without running a service. */
export const JUDGES: Judge[] = [
  {
    id: 'ruby',
    name: 'dotenv of Ruby',
    available: runs('ruby', ['-rdotenv', '-e', '']),
    read: (texts) => ask('ruby', ['-Ku', '-e', RUBY], texts),
  },
  {
    id: 'python',
    name: 'python-dotenv',
    available: python !== null,
    read: (texts) => ask(python ?? '', ['-c', PYTHON], texts),
  },
  {
    id: 'node',
    name: 'dotenv of Node.js',
    available: true,
    read: (texts) => texts.map((text) => parse(text).A ?? null),
  },
  {
    id: 'systemd',
    name: 'systemd',
    available: hasSystemd(),
    takes: (value) => value !== '' && !value.includes('$'),
    read: (texts) => texts.map(askSystemd),
  },
  {
    id: 'sh',
    name: 'the shell',
    available: requireTool('sh'),
    // One shell each: a broken text must not hide the next one.
    read: (texts) =>
      texts.map((text) => {
        const script = `unset A\n${text}\nprintf %s "\${A-}"`;
        const { stdout, status } = spawnSync('sh', ['-c', script], {
          encoding: 'utf8',
          env: { PATH: '/usr/bin:/bin' },
        });
        return status === 0 ? stdout : null;
      }),
  },
];
