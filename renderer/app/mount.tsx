import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../styles/base.css';
import { TransportContext } from '../state/client-context.ts';
import { askAhead, createQueryClient } from '../state/requests.ts';
import type { Transport } from '../transport/connection.ts';
import { App } from './app.tsx';

/** Puts the window into the page, on the given transport. */
export function mount(transport: Transport): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no #root');
  const queries = createQueryClient();
  askAhead(queries, transport.client);
  createRoot(root).render(
    <StrictMode>
      <TransportContext value={transport}>
        <QueryClientProvider client={queries}>
          <App />
        </QueryClientProvider>
      </TransportContext>
    </StrictMode>,
  );
}
