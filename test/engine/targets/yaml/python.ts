import { spawnSync } from 'node:child_process';
import { pythonWith } from '../../../support/python.ts';

/** Reads each YAML text with PyYAML, a reader of YAML 1.1, and gives the values back. */
const PROGRAM = 'import json,sys,yaml\nprint(json.dumps([yaml.safe_load(text) for text in json.load(sys.stdin)]))';

const python = pythonWith('yaml', 'python3-yaml');

/** True when there is a Python with its yaml module. In CI a missing one is an error. */
export function hasPyYaml(): boolean {
  return python !== null;
}

/** The values of YAML texts as PyYAML reads them; throws when it refuses one. */
export function readWithPyYaml(texts: readonly string[]): unknown[] {
  const { stdout, stderr, status } = spawnSync(python ?? '', ['-c', PROGRAM], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr.slice(-2_000));
  return JSON.parse(stdout) as unknown[];
}
