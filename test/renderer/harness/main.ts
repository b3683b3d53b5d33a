import { mount } from '../../../renderer/app/mount.tsx';
import { createConnection } from '../../../renderer/transport/connection.ts';
import { createFakeClient, type FakeOptions } from '../../support/fake-client.ts';

/** The window on the fake client; options come as JSON in the query, `?options={"profiles":0}`. */
const query = new URLSearchParams(location.search);
const options = JSON.parse(query.get('options') ?? '{}') as FakeOptions;
mount({ client: createFakeClient(options), connection: createConnection() });
