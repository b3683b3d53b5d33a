import { mount } from './app/mount.tsx';
import { createTransport } from './transport/client.ts';

mount(createTransport(window));
