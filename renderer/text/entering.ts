/** The words of an entry sheet: a product's form, to fill in by hand. */

export const entering = {
  label: 'Entry sheet',
  loading: 'Making the sheet',
  copy: (field: string) => `Copy ${field}`,
  secret: 'Secret, copied without being shown',
  empty: 'Leave empty',
  required: 'Nothing here yet, and the form does not take it empty',
  copied: (field: string, seconds: number) => `Copied ${field}. It leaves the clipboard in ${seconds} s.`,
  onHost: ' It is on the clipboard of the machine that Relaysmith runs on.',
};
