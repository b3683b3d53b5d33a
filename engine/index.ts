import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../shared/client.ts';
import type { RequestInput } from '../shared/contract.ts';
import type { Result } from '../shared/result.ts';
import { createSecretClipboard } from './clipboard/secret-clipboard.ts';
import { createDispatch, type Dispatch, directClient, type Handlers } from './dispatch.ts';
import { openDraftStore } from './drafts/draft-store.ts';
import { appHandlers } from './handlers/app.ts';
import { batchHandlers } from './handlers/batches.ts';
import { bundleHandlers } from './handlers/bundles.ts';
import { detectionHandlers } from './handlers/detections.ts';
import { draftHandlers } from './handlers/drafts.ts';
import { exportSetHandlers } from './handlers/export-sets.ts';
import { exportHandlers, exportText } from './handlers/exports.ts';
import { FileTokens } from './handlers/file-tokens.ts';
import { fileHandlers } from './handlers/files.ts';
import { reportFinder } from './handlers/find-report.ts';
import { historyHandlers, pruneHistory } from './handlers/history.ts';
import { ImportSessions } from './handlers/import-sessions.ts';
import { importSetHandlers } from './handlers/import-sets.ts';
import { importHandlers } from './handlers/imports.ts';
import { libraryHandlers } from './handlers/library.ts';
import { practiceHandlers } from './handlers/practice.ts';
import { ReportShelf } from './handlers/report-shelf.ts';
import { reportHandlers } from './handlers/reports.ts';
import { sheetHandlers } from './handlers/sheets.ts';
import { createTestRunner } from './handlers/test-runner.ts';
import { testHandlers } from './handlers/tests.ts';
import { openHistory } from './history/run-history.ts';
import type { EnginePorts } from './ports.ts';
import { createPracticeServer } from './practice/index.ts';
import { openLibrary } from './profiles/open-library.ts';
import { createVault } from './secrets/vault.ts';
import { TokenStore } from './smtp/oauth/token-store.ts';

/** The engine as its doors use it. */
export interface Engine {
  /** Typed calls within this process. */
  readonly client: Client;
  /** The untyped entry for transports; everything that comes in is parsed. */
  readonly dispatch: Dispatch;
  /** The real text of an export. May hold secrets (policy `include`), so it never crosses a transport. */
  exportText(request: RequestInput<'exports.preview'>): Promise<Result<string>>;
  /**
   * The refresh token that a token server put in the place of this one, or the same. In this process only: it never crosses
   * a transport.
   */
  currentRefreshToken(token: string): string;
  /** Ends what runs: practice server and pending work. Forgets all tokens, and takes a copied secret off the clipboard. */
  close(): Promise<void>;
}

/** Starts the engine on a data directory. Opening a damaged library is no error: it opens read-only and says so. */
export async function createEngine(ports: EnginePorts): Promise<Engine> {
  const vault = createVault();
  const { now, log, dataDirectory } = ports;
  const library = await openLibrary({ directory: dataDirectory, vault, now, log, user: userName() });
  const history = openHistory({ directory: dataDirectory, log });
  const practice = createPracticeServer({ now });
  const clipboard = createSecretClipboard(ports.clipboard);
  const tokens = new FileTokens();
  const imports = new ImportSessions();
  const oauthTokens = new TokenStore();
  const shelf = new ReportShelf();
  const runnerParts = { library, imports, history, tokens: oauthTokens, ports };
  const run = createTestRunner(runnerParts);
  const context = { library, tokens, imports };

  const handlers: Handlers = {
    ...appHandlers(ports, library),
    ...libraryHandlers(library, history, vault, imports, oauthTokens),
    ...draftHandlers(openDraftStore(join(dataDirectory, 'drafts'), now)),
    ...testHandlers(run, shelf, runnerParts),
    ...detectionHandlers(ports),
    ...batchHandlers(library, run, tokens, now),
    ...historyHandlers(history),
    ...reportHandlers(history, shelf, tokens),
    ...fileHandlers(ports.files, tokens),
    ...exportHandlers(context),
    ...sheetHandlers(context, clipboard),
    ...exportSetHandlers(library, tokens, now),
    ...importHandlers(context),
    ...importSetHandlers(context),
    ...bundleHandlers(library, tokens, now),
    ...practiceHandlers(practice, library, reportFinder(history, shelf)),
  };
  const dispatch = createDispatch(handlers, log);
  // A terminal command is short; clearing up is for the doors that stay open.
  if (ports.door !== 'terminal') void library.sweep().then(() => pruneHistory(library, history));

  return {
    client: directClient(dispatch),
    dispatch,
    exportText: (request) => exportText(context, request),
    currentRefreshToken: (token) => oauthTokens.currentRefreshToken(token),
    close: async () => {
      await Promise.all([history.settled(), oauthTokens.close(), clipboard.clear()]);
      await practice.stop();
    },
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a user id that has no name.
    return `uid ${process.getuid?.() ?? ''}`.trim();
  }
}
