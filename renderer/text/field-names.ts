/** The words about what products call the fields. */

export const fieldNames = {
  open: (label: string) => `What products call "${label}"`,
  title: (label: string) => `${label}, in other products`,
  list: 'Names by product',
  inside: (place: string) => `in ${place}`,
  none: 'Only Relaysmith has this field.',
  show: 'Names of',
  nobody: 'Relaysmith only',
};
