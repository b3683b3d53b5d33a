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

// First of all: what a click on a profile opens.
const profileScreen = () => import('../features/profile/profile-screen.tsx');
export const StoredProfileScreen = part(async () => (await profileScreen()).StoredProfileScreen);
export const NewProfile = part(async () => (await profileScreen()).NewProfile);

export const FilterForm = part(async () => (await import('../features/library/filter-form.tsx')).FilterForm);
export const FilterChips = part(async () => (await import('../features/library/filter-chips.tsx')).FilterChips);

export const Palette = part(async () => (await import('../features/palette/palette.tsx')).Palette);

export const ExportDialog = part(async () => (await import('../features/export/export-dialog.tsx')).ExportDialog);
export const ImportDialog = part(async () => (await import('../features/import/import-dialog.tsx')).ImportDialog);
export const DetectDialog = part(async () => (await import('../features/detect/detect-dialog.tsx')).DetectDialog);
export const MatrixDialog = part(async () => (await import('../features/matrix/matrix-dialog.tsx')).MatrixDialog);
export const ExportMany = part(async () => (await import('../features/many/export-many-dialog.tsx')).ExportManyDialog);
export const ImportMany = part(async () => (await import('../features/many/import-many-dialog.tsx')).ImportManyDialog);
export const SaveBundle = part(
  async () => (await import('../features/bundle/save-bundle-dialog.tsx')).SaveBundleDialog,
);
export const OpenBundle = part(
  async () => (await import('../features/bundle/open-bundle-dialog.tsx')).OpenBundleDialog,
);
export const BatchScreen = part(async () => (await import('../features/batch/batch-screen.tsx')).BatchScreen);
export const ReportDialog = part(async () => (await import('../features/history/report-dialog.tsx')).ReportDialog);
export const CompareDialog = part(async () => (await import('../features/history/compare-dialog.tsx')).CompareDialog);

export const PracticeScreen = part(
  async () => (await import('../features/practice/practice-screen.tsx')).PracticeScreen,
);
export const TrashScreen = part(async () => (await import('../features/trash/trash-screen.tsx')).TrashScreen);
export const PreferencesDialog = part(
  async () => (await import('../features/settings/preferences-dialog.tsx')).PreferencesDialog,
);
export const ShortcutsDialog = part(
  async () => (await import('../features/settings/shortcuts-dialog.tsx')).ShortcutsDialog,
);

/** Fetches all of them. */
export function fetchLazyParts(): void {
  for (const fetch of fetchers) void fetch();
}
