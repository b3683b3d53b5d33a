import { hostPort } from '../../shared/host.ts';
import { ENVIRONMENTS } from '../../shared/profile.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { table, tableColumns } from '../output/layout.ts';
import { safe } from '../output/safe.ts';

export const list = defineCommand({
  usage: '[TEXT]',
  details: ['Lists all profiles, or those whose name, host or organisation contains TEXT.'],
  options: {
    active: { kind: 'flag', help: 'Only active ones.' },
    environment: { kind: 'text', choices: ENVIRONMENTS, help: 'Only those for this environment.' },
    organization: { kind: 'text', value: 'NAME', help: 'Only those for this organisation.' },
  },
  positionals: [0, 1],
  examples: ['relaysmith list --active', 'relaysmith list acme --json'],
  async run({ engine, values, positionals, io, style, print, printJson, note }) {
    const { client } = await engine();
    const all = await client('profiles.list', {});
    if (!all.ok) return all;
    const state = await client('library.state', {});
    if (!state.ok) return state;
    const wanted = (positionals[0] ?? '').toLowerCase();
    const profiles = all.value.filter(
      ({ name, host, organizations, status, environment }) =>
        (!values.active || status === 'active') &&
        (values.environment === undefined || environment === values.environment) &&
        (values.organization === undefined || organizations.includes(values.organization)) &&
        [name, host, ...organizations].some((text) => text.toLowerCase().includes(wanted)),
    );
    printJson({ profiles, library: state.value });
    if (state.value.mode !== 'ready')
      note(`The library is not writable (${state.value.mode}): ${safe(state.value.detail)}`);
    for (const { label, problem } of state.value.quarantined)
      note(`Not readable, kept as it is: ${safe(label)}: ${safe(problem)}`);
    const rows = profiles.map(({ id, name, host, port, security, status, environment, organizations }) => {
      const server = [id.slice(0, 8), name, hostPort(host, port), security];
      return [...server, status, environment ?? '', organizations.join(', ')].map((cell) => safe(cell));
    });
    if (rows.length === 0) print('No profiles. relaysmith create makes one, relaysmith import reads one from a file.');
    else {
      const [head = '', ...lines] = table(
        [['Id', 'Name', 'Server', 'Security', 'Status', 'Environment', 'For'], ...rows],
        tableColumns(io.stdout),
      );
      print(style.dim(head));
      for (const line of lines) print(line);
    }
    return { ok: true, value: EXIT.ok };
  },
});
