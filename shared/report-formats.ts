/** Files that a report can be saved as. */
export const REPORT_FORMATS = ['html', 'text', 'json'] as const;
/** See {@link REPORT_FORMATS}. */
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The ending of each format's file name. */
export const REPORT_ENDINGS: Record<ReportFormat, string> = { html: 'html', text: 'txt', json: 'json' };
