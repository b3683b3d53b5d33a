import { spawnSync } from 'node:child_process';
import type { DialectId } from '../../../../engine/targets/env/dialects.ts';
import { pythonWith } from '../../../support/python.ts';
import { requireTool } from '../../../support/requires.ts';

/** A real reader of env files: what it makes of the variable A in each of several texts, null for nothing. */
export interface Judge {
  id: DialectId;
  name: string;
  available: boolean;
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

/** The readers that can be had here; those of Compose and systemd cannot be asked without running a service. */
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
