import { bench, check, openProfile, palette } from './window.js';
import { atPractice, createProfile, startPractice } from './world.js';

const MAIN = 'Acme production relay';

/** Believable neighbours in the list; nothing of them is tested. */
const OTHERS = [
  ['Acme invoices', 'Acme Ltd', 'smtp.acme.example', '587'],
  ['Acme staging', 'Acme Ltd', 'staging.acme.example', '465'],
  ['Globex relay', 'Globex', 'relay.globex.example', '25'],
  ['Globex Keycloak', 'Globex', 'smtp.globex.example', '587'],
  ['Initech Grafana', 'Initech', 'smtp.initech.example', '465'],
  ['Umbrella newsletter', 'Umbrella Health', 'bulk.umbrella.example', '587'],
];

/** The pictures of the README, in the order in which they are taken. Each leaves the window as the next one expects it. */
export const SCENES = [
  {
    name: 'failed',
    async prepare(home) {
      const options = atPractice(await startPractice('private-root-sent'));
      createProfile(home, MAIN, [...options, '--organization', 'Acme Ltd']);
      for (const [name, organization, host, port] of OTHERS) {
        createProfile(home, name, ['--host', host, '--port', port, '--organization', organization]);
      }
    },
    async show(page) {
      await openProfile(page, MAIN);
      await check(page);
    },
  },
  {
    name: 'passed',
    async prepare(home) {
      const options = atPractice(await startPractice('all-well'));
      createProfile(home, 'Initech Mattermost', [...options, '--organization', 'Initech']);
    },
    async show(page) {
      await openProfile(page, 'Initech Mattermost');
      await check(page);
      await bench(page)
        .getByRole('button', { name: /^Certificate / })
        .click();
    },
  },
  {
    name: 'export',
    async show(page) {
      await palette(page, 'Export');
      await page.getByRole('dialog').getByText('"EmailSettings"').waitFor();
    },
    leave: closeDialog,
  },
  {
    name: 'palette',
    async show(page) {
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder('Search commands and profiles').fill('acme');
      await page.getByRole('menuitem').first().waitFor();
    },
    leave: closeDialog,
  },
  {
    name: 'practice',
    async show(page) {
      await palette(page, 'Practice server');
      await page.getByRole('heading', { name: 'Practice server', exact: true }).waitFor();
    },
  },
];

async function closeDialog(page) {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** Servers of the profiles that are checked at once; none asks for a sign-in. */
const SERVERS = [
  ['open-relay', ['Acme alerts', 'Acme invoices', 'Globex relay', 'Initech Grafana', 'Umbrella newsletter']],
  ['greeting-421', ['Globex Keycloak']],
  ['expired', ['Acme staging']],
  ['talks-http', ['Initech wiki']],
];

/** The result of many checks at once. */
export const BATCH_SCENE = {
  name: 'batch',
  async prepare(home) {
    for (const [scenario, names] of SERVERS) {
      const server = await startPractice(scenario);
      for (const name of names) createProfile(home, name, [...atPractice(server), '--auth', 'none']);
    }
    createProfile(home, 'Lab', ['--host', 'mail.lab.invalid', '--from', 'lab@acme.example', '--timeout', '2']);
  },
  async show(page) {
    await palette(page, 'Check many profiles');
    await page.getByRole('button', { name: /^Check \d/ }).click();
    await page.getByText(/Took /).first().waitFor();
  },
};
