import type { DetectEvent } from '../../shared/detect.ts';
import { LIMITS } from '../../shared/limits.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { usage } from '../failure.ts';
import { detectStepLine, proposalLines, stepRunningLine } from '../output/detect.ts';
import { profileJson } from '../output/profile.ts';
import { safe } from '../output/safe.ts';
import { parsePorts } from '../parse-ports.ts';
import { readCertificates } from '../settings-options.ts';
import { SERVER_OPTIONS } from '../settings-table.ts';
import { commandLine } from '../shell.ts';

const CLEAR_LINE = '\r\u001b[2K';

export const detect = defineCommand({
  usage: 'ADDRESS|DOMAIN|HOST [--create NAME] [--ports PORTS] [--ca FILE]',
  details: [
    'Finds the server for sending: known providers, the service records of the domain, who receives its mail, and usual names such as smtp. and mail. What they name is tried without user name and password; the safest that answers comes first.',
    'Asks DNS and connects to those servers, and to nothing else.',
    '--create stores the first proposal as a profile. Exit code 0: there is a proposal. 1: no server was found.',
  ],
  options: {
    create: { kind: 'text', value: 'NAME', help: 'Store the first proposal as a profile of this name.' },
    ports: { kind: 'text', value: 'PORTS', help: 'Ports to try in place of 465, 587 and 25, such as 2525.' },
    ca: SERVER_OPTIONS.ca,
  },
  positionals: [1, 1],
  examples: ['relaysmith detect alerts@acme.example', 'relaysmith detect acme.example --create "Acme relay" --json'],
  async run(context) {
    const { values, io, json, style, print, printJson, positionals } = context;
    const ports = parsePorts(values.ports);
    if (!ports.ok) return ports;
    if (values.create !== undefined && (values.create.trim() === '' || values.create.length > LIMITS.profileName)) {
      return usage('--create needs the name of the new profile.', `At most ${LIMITS.profileName} characters.`);
    }
    const engine = await context.engine();
    const ca = await readCertificates(values.ca ?? '', engine);
    if (!ca.ok) return ca;
    const live = io.stdout.isTTY && !json;
    const onEvent = (event: DetectEvent) => {
      if (live && event.type === 'step-started') io.stdout.write(stepRunningLine(event.step, style));
      if (event.type !== 'step-finished') return;
      if (live) io.stdout.write(CLEAR_LINE);
      print(detectStepLine(event.result, style, io.stdout.columns));
    };
    const request = { about: positionals[0] ?? '', ports: ports.value, caPem: ca.value };
    const result = await engine.client('detections.run', request, { signal: io.signal, onEvent });
    if (live) io.stdout.write(CLEAR_LINE);
    if (!result.ok) return result;
    const detection = result.value;
    const [first] = detection.proposals;
    for (const line of proposalLines(detection, style, io.stdout.columns)) print(line);
    if (detection.cancelled || !first || values.create === undefined) {
      printJson(detection);
      if (first && !detection.cancelled) {
        const command = commandLine(['relaysmith', 'detect', request.about, '--create', first.settings.name]);
        print(style.dim(`Store it: ${command}`));
      }
      return { ok: true, value: detection.cancelled ? EXIT.cancelled : first ? EXIT.ok : EXIT.failed };
    }
    const settings = { ...first.settings, name: values.create };
    const stored = await engine.client('profiles.create', { settings, secrets: [] });
    if (!stored.ok) return stored;
    const { id, name } = stored.value.profile;
    printJson({ ...detection, created: profileJson(stored.value) });
    print(`${style.passed(style.icons.passed)} Created "${safe(name)}" (${id}).`);
    print(style.dim(`Next: relaysmith test ${id.slice(0, 8)}`));
    return { ok: true, value: EXIT.ok };
  },
});
