import { type ComponentType, lazy } from 'react';

/**
 * Parts of the window that the first picture does without. Each is a file of its own, fetched once that picture stands,
 * so that by the time somebody asks for one it is there.
 */
const fetchers: (() => Promise<unknown>)[] = [];

function part<P>(fetch: () => Promise<ComponentType<P>>) {
  fetchers.push(fetch);
  return lazy(async () => ({ default: await fetch() }));
}

export const Palette = part(async () => (await import('../features/palette/palette.tsx')).Palette);

export const ExportDialog = part(async () => (await import('../features/export/export-dialog.tsx')).ExportDialog);
export const ImportDialog = part(async () => (await import('../features/import/import-dialog.tsx')).ImportDialog);
export const DetectDialog = part(async () => (await import('../features/detect/detect-dialog.tsx')).DetectDialog);
export const MatrixDialog = part(async () => (await import('../features/matrix/matrix-dialog.tsx')).MatrixDialog);

/** Fetches all of them. */
export function fetchLazyParts(): void {
  for (const fetch of fetchers) void fetch();
}
