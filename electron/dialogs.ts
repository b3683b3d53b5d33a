import { type BrowserWindow, dialog, type FileFilter } from 'electron';
import type { FilesPort } from '../engine/ports.ts';

const FILTERS: Record<'import' | 'merge' | 'certificate' | 'report', FileFilter[]> = {
  import: [],
  merge: [],
  certificate: [{ name: 'Certificates', extensions: ['pem', 'crt', 'cer'] }],
  report: [{ name: 'Reports', extensions: ['json'] }],
};
const TITLES = {
  import: 'Import settings',
  merge: 'Merge into an existing file',
  certificate: 'Choose a CA certificate',
  report: 'Choose a test report',
};

const FOLDER_TITLES = { import: 'Import a folder', export: 'Export into a folder' };

/** Native file dialogs. The paths stay on this side; the engine hands out tokens for them. */
export function createFiles(window: () => BrowserWindow | null): FilesPort {
  return {
    kind: 'dialog',
    async open(purpose) {
      const parent = window();
      if (!parent) return null;
      const options = { title: TITLES[purpose], filters: FILTERS[purpose], properties: ['openFile' as const] };
      const { canceled, filePaths } = await dialog.showOpenDialog(parent, options);
      return canceled ? null : (filePaths[0] ?? null);
    },
    async folder(purpose) {
      const parent = window();
      if (!parent) return null;
      const { canceled, filePaths } = await dialog.showOpenDialog(parent, {
        title: FOLDER_TITLES[purpose],
        properties: ['openDirectory', ...(purpose === 'export' ? ['createDirectory' as const] : [])],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    async save(suggestedName) {
      const parent = window();
      if (!parent) return null;
      const { canceled, filePath } = await dialog.showSaveDialog(parent, {
        title: 'Export',
        defaultPath: suggestedName,
      });
      return canceled || !filePath ? null : filePath;
    },
  };
}
