/** The words about filling the form in from elsewhere. */

export const fill = {
  pastedName: 'Pasted text',
  reading: 'Reading what was pasted',
  fromAddress: 'the pasted address',
  fromFile: (product: string) => `the pasted text (${product})`,
  fromPreset: (name: string) => `the preset ${name}`,
  done: (source: string, fields: number) =>
    fields === 1 ? `1 field was filled in from ${source}.` : `${fields} fields were filled in from ${source}.`,
  nothing: (source: string) => `The form already says all that ${source} does.`,
  others: (count: number) =>
    count === 1
      ? 'One more profile stands in it. Import it to have both.'
      : `${count} more profiles stand in it. Import it to have all.`,
  undo: 'Take it back',
  changes: 'What changed',
  field: 'Field',
  before: 'Before',
  after: 'Now',
  from: 'From',
  empty: '(empty)',
  secret: (label: string) => `${label}: taken along, not shown`,
  openImport: 'Open in the import',
};
