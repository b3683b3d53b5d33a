import type { Detection, DetectProposal } from '../../shared/detect.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';
import { fakeMatrix } from './fake-matrix.ts';

/** A detection for a domain with a server of its own that offers both ways to submit. */
export function fakeDetection(about: string): Detection {
  const domain = about.split('@').at(-1) ?? about;
  const host = `smtp.${domain}`;
  const { cells } = fakeMatrix(host);
  const usable = cells.filter(({ verdict }) => verdict === 'works').sort((a, b) => a.port - b.port);
  return {
    version: 1,
    about,
    startedAt: '2026-11-21T09:14:00.000Z',
    ms: 2_140,
    cancelled: false,
    steps: [
      { step: 'provider', status: 'nothing', text: `${domain} belongs to no provider that is known here.`, ms: 0 },
      { step: 'services', status: 'nothing', text: `${domain} names no submission server.`, ms: 41 },
      {
        step: 'exchangers',
        status: 'nothing',
        text: `Mail for ${domain} goes to mx.${domain}, a server of its own.`,
        ms: 38,
      },
      {
        step: 'names',
        status: 'found',
        text: `${host} and ${domain} have an address. mail.${domain} does not exist.`,
        ms: 52,
      },
      {
        step: 'probe',
        status: 'found',
        text: 'Tried 6 combinations at 2 servers, without signing in: 2 safe.',
        ms: 2_009,
      },
    ],
    proposals: usable.map((cell): DetectProposal => ({ ...proposalFor(about, host, cell.port, cell.security), cell })),
    cells,
  };
}

function proposalFor(about: string, host: string, port: number, security: 'tls' | 'starttls' | 'none') {
  const empty = emptySettings();
  const settings: ProfileSettings = {
    ...empty,
    name: about,
    server: { ...empty.server, host, port, security },
    signIn: { ...empty.signIn, username: about.includes('@') ? about : '' },
    sender: { ...empty.sender, from: { address: about.includes('@') ? about : '', name: '' } },
  };
  const how = security === 'tls' ? 'TLS from the first byte' : 'STARTTLS';
  return {
    settings,
    reason: `Servers for sending often have this name. It answers with ${how} and its certificate is trusted. It offers PLAIN, LOGIN. The user name is a guess: mostly it is the full address.`,
    caution: '',
  };
}
