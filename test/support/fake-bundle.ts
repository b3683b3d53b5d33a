import type { BundlePreview } from '../../shared/bundle.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';
import { randomUUID } from './random-uuid.ts';

function settings(name: string, host: string, user: string): ProfileSettings {
  const empty = emptySettings();
  return {
    ...empty,
    name,
    server: { ...empty.server, host },
    signIn: { ...empty.signIn, username: user },
    sender: { ...empty.sender, from: { address: user, name } },
  };
}

/** An opened bundle with a new profile, one that was saved from here, and one of the same name. */
export function fakeBundle(): BundlePreview {
  const updated = { at: '2026-11-20T16:02:00.000Z', by: 'ada' };
  const relay = settings('Acme production relay', 'relay.acme.example', 'alerts@acme.example');
  return {
    bundleId: randomUUID(),
    createdAt: '2026-11-21T09:14:00.000Z',
    isEncrypted: true,
    profiles: [
      {
        index: 0,
        settings: settings('Globex chat', 'smtp.globex.example', 'chat@globex.example'),
        updated,
        secrets: ['password'],
        freeName: 'Globex chat',
        conflicts: [],
      },
      {
        index: 1,
        settings: relay,
        updated,
        secrets: ['password'],
        freeName: 'Acme production relay (2)',
        conflicts: [
          {
            id: randomUUID(),
            revision: 3,
            same: 'id',
            settings: {
              ...relay,
              server: { ...relay.server, host: 'old-relay.acme.example', port: 465, security: 'tls' },
            },
          },
        ],
      },
    ],
    refused: [],
  };
}
