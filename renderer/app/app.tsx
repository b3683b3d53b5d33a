import { Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { RecoveryDialog } from '../features/settings/recovery.tsx';
import { useTransport } from '../state/client-context.ts';
import { hasUnsavedEdits } from '../state/drafts.ts';
import { keepDrafts, useKept } from '../state/kept-drafts.ts';
import { usePreferences } from '../state/preferences.ts';
import { openDialog, useUi } from '../state/ui.ts';
import { ToastRegion } from '../ui/toasts.tsx';
import {
  DetectDialog,
  ExportMany,
  fetchLazyParts,
  ImportDialog,
  ImportMany,
  OpenBundle,
  Palette,
  PreferencesDialog,
  SaveBundle,
  ShortcutsDialog,
} from './lazy-parts.ts';
import { Offline } from './offline.tsx';
import { Shell } from './shell.tsx';
import { useShortcuts } from './shortcuts.ts';
import { useWindowDrop } from './window-drop.ts';

const close = () => openDialog(null);

/** The whole window: the shell, what floats above it, and what covers it when the host is gone. */
export function App() {
  const dialog = useUi((state) => state.dialog);
  const connection = useStore(useTransport().connection, ({ state }) => state);
  useView();
  useShortcuts();
  useWindowDrop();
  useKeptDrafts();
  useGuardedClose();
  useEffect(() => {
    const timer = setTimeout(fetchLazyParts, 1_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <Shell />
      <Suspense fallback={null}>
        {dialog === 'detect' && <DetectDialog onClose={close} />}
        {dialog === 'import' && <ImportDialog onClose={close} />}
        {dialog === 'palette' && <Palette onClose={close} />}
        {dialog === 'exportMany' && <ExportMany onClose={close} />}
        {dialog === 'importMany' && <ImportMany onClose={close} />}
        {dialog === 'saveBundle' && <SaveBundle onClose={close} />}
        {dialog === 'openBundle' && <OpenBundle onClose={close} />}
        {dialog === 'preferences' && <PreferencesDialog onClose={close} />}
        {dialog === 'shortcuts' && <ShortcutsDialog onClose={close} />}
      </Suspense>
      {dialog === 'recovery' && <RecoveryDialog onClose={close} />}
      {connection !== 'open' && <Offline state={connection} />}
      <ToastRegion />
    </>
  );
}

/** Applies theme and density to the page. */
function useView(): void {
  const { theme, density } = usePreferences().preferences;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.density = density;
  }, [theme, density]);
}

/** Keeps unsaved edits where a crash of this window does not reach, at the latest when it goes out of view. */
function useKeptDrafts(): void {
  const { client, connection } = useTransport();
  useEffect(() => keepDrafts(client), [client]);
  useEffect(
    // What was typed while the host was gone is kept once it is back.
    () => connection.subscribe(({ state }) => state === 'open' && void useKept.getState().keeper?.flush()),
    [connection],
  );
  useEffect(() => {
    const keepNow = () => {
      if (document.visibilityState === 'hidden') void useKept.getState().keeper?.flush();
    };
    document.addEventListener('visibilitychange', keepNow);
    return () => document.removeEventListener('visibilitychange', keepNow);
  }, []);
}

/** Lets the browser (or the desktop host, through its own dialog) ask before unsaved edits go. */
function useGuardedClose(): void {
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => {
      if (!hasUnsavedEdits()) return;
      void useKept.getState().keeper?.flush();
      event.preventDefault();
    };
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, []);
}
