import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { requireTool } from '../../../support/requires.ts';

/** Debian's own interpreter has Debian's modules; another one that is first on the path has not. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** Reads each YAML text with PyYAML, a reader of YAML 1.1, and gives the values back. */
const PROGRAM = 'import json,sys,yaml\nprint(json.dumps([yaml.safe_load(text) for text in json.load(sys.stdin)]))';

/** True when python3 has its yaml module (Debian: python3-yaml). In CI a missing one is an error. */
export function hasPyYaml(): boolean {
  if (!requireTool('python3')) return false;
  const { status } = spawnSync(PYTHON, ['-c', 'import yaml']);
  if (status === 0) return true;
  if (process.env.CI) throw new Error('The module yaml of python3 is needed for this test and is not installed');
  console.warn('Skipped: python3 has no module yaml (Debian package python3-yaml)');
  return false;
}

/** The values of YAML texts as PyYAML reads them; throws when it refuses one. */
export function readWithPyYaml(texts: readonly string[]): unknown[] {
  const { stdout, stderr, status } = spawnSync(PYTHON, ['-c', PROGRAM], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr.slice(-2_000));
  return JSON.parse(stdout) as unknown[];
}
