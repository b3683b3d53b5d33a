import type { GalleryGroup } from '../scenario.ts';

/** Servers that work, each in its own way. */
export const WORKING: GalleryGroup<'working'> = {
  'all-well': {
    title: 'All well',
    description: 'A healthy server: STARTTLS, a trusted certificate, sign-in, and an inbox that takes every message.',
    behaviour: {},
  },
  slow: {
    title: 'Slow server',
    description: 'Works, but waits 0.6 seconds before every reply.',
    behaviour: { replyDelayMs: 600 },
  },
  'starttls-required': {
    title: 'STARTTLS required',
    description:
      'Refuses mail before STARTTLS with 530 5.7.0. The ready profile passes; set security and sign-in to None to see it.',
    behaviour: { tlsRequired: true },
  },
  'implicit-tls': {
    title: 'TLS from the first byte',
    description: 'Speaks TLS at once, as servers do on port 465.',
    profile: { security: 'tls' },
    behaviour: { tls: 'implicit' },
  },
  'open-relay': {
    title: 'Relay without sign-in',
    description: 'Offers no sign-in and takes mail from anybody, as relays inside a network do.',
    profile: { signIn: 'none' },
    behaviour: { mechanisms: [], loginRequired: false },
  },
};
