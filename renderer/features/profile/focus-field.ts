import { sectionOf } from './sections.ts';

/**
 * Moves the focus to a field by its dotted path, after folded parts around it have opened: those that opened by
 * themselves, else the ones of its section.
 */
export function focusField(field: string): void {
  afterPaint(() => {
    if (focusNow(field)) return;
    const folds = document.querySelectorAll<HTMLDetailsElement>(`[data-section="${sectionOf(field)}"] details`);
    for (const fold of folds) fold.open = true;
    afterPaint(() => focusNow(field));
  });
}

function focusNow(field: string): boolean {
  const target =
    document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`) ??
    // `sender.cc.1` has no control of its own; the list `sender.cc` has. A choice has none but its buttons.
    document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field.split('.').slice(0, 2).join('.'))}"]`) ??
    document.querySelector<HTMLElement>(`[data-names-field="${CSS.escape(field)}"] :is(button, input)`) ??
    document.querySelector<HTMLElement>(`[data-field^="${CSS.escape(field)}."]`);
  target?.focus();
  target?.scrollIntoView({ block: 'center' });
  return target !== null;
}

function afterPaint(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}
