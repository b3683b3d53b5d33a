/** Moves the focus to a field by its dotted path, after folded parts around it have opened. */
export function focusField(field: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const target =
        document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`) ??
        // `sender.cc.1` has no control of its own; the list `sender.cc` has.
        document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field.split('.').slice(0, 2).join('.'))}"]`);
      target?.focus();
      target?.scrollIntoView({ block: 'center' });
    }),
  );
}
