/** Every word that the window shows, by topic: sentence case, short, what happened and then what to do. */

export * from './text/batch.ts';
export * from './text/bench.ts';
export * from './text/common.ts';
export * from './text/drafts.ts';
export * from './text/editor.ts';
export * from './text/entering.ts';
export * from './text/exporting.ts';
export * from './text/field-names.ts';
export * from './text/fields.ts';
export * from './text/fill.ts';
export * from './text/finding.ts';
export * from './text/form.ts';
export * from './text/history.ts';
export * from './text/importing.ts';
export * from './text/keychain.ts';
export * from './text/library.ts';
export * from './text/many.ts';
export * from './text/mechanisms.ts';
export * from './text/palette.ts';
export * from './text/practice.ts';
export * from './text/settings.ts';
export * from './text/start.ts';
