import type { Page } from '@playwright/test';
import { MARK } from './pseudo-locale.ts';

/**
 * Words of the catalogue that a person cannot read whole: outside the window or their column, cut by a box (an ellipsis
 * counts), covered, or run into a control beside them.
 */
export function wordsCutOff(page: Page): Promise<string[]> {
  return page.evaluate((mark) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.textContent?.includes(mark) && isCut(node)) found.push(node.textContent.trim());
    }
    return [...new Set(found)];

    function isCut(text: Node): boolean {
      const range = document.createRange();
      range.selectNodeContents(text);
      const box = range.getBoundingClientRect();
      const parent = text.parentElement;
      // Words that only screen readers get stand in a box of one pixel.
      if (!parent?.checkVisibility() || box.width <= 1 || parent.closest('.unseen') || isBehindDialog(parent))
        return false;
      // A table or a text of lines may scroll sideways.
      if (parent.closest('pre, [data-wide]')) return false;
      const column = parent.closest('nav, main, aside, [role="dialog"]')?.getBoundingClientRect();
      if (column && (box.right > column.right + 1 || box.left < column.left - 1)) return true;
      for (let element: HTMLElement | null = parent; element; element = element.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(element);
        const edge = element.getBoundingClientRect();
        const sideways = box.right > edge.right + 1 || box.left < edge.left - 1;
        if (overflowX !== 'visible' && sideways) return true;
        if (overflowY === 'auto' || overflowY === 'scroll') {
          const isInView = box.top >= edge.top && box.bottom <= edge.bottom;
          return isInView && (isCovered(box, parent) || runsInto(box, parent));
        }
        if (overflowY !== 'visible' && (box.bottom > edge.bottom + 1 || box.top < edge.top - 1)) return true;
        if (position === 'fixed') break;
      }
      return box.right > innerWidth + 1 || box.left < -1 || isCovered(box, parent) || runsInto(box, parent);
    }

    /** Something else lies over the last letters. What is scrolled out of view is not looked at. */
    function isCovered(box: DOMRect, parent: Element): boolean {
      const top = document.elementFromPoint(box.right - 2, (box.top + box.bottom) / 2);
      return top !== null && !top.contains(parent) && !parent.contains(top);
    }

    /** The words run into a control beside them. */
    function runsInto(box: DOMRect, parent: Element): boolean {
      return [...document.querySelectorAll('button, input, select, textarea')].some((control) => {
        if (control.contains(parent) || parent.contains(control) || !control.checkVisibility()) return false;
        const other = inView(control);
        const wide = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const high = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        return wide > 2 && high > 2 && other.width > 2 && !isBehindDialog(control);
      });
    }

    /** The part of a control that its scrolling boxes show. */
    function inView(control: Element): { left: number; right: number; top: number; bottom: number; width: number } {
      let { left, right, top, bottom } = control.getBoundingClientRect();
      for (let element = control.parentElement; element; element = element.parentElement) {
        if (getComputedStyle(element).overflowY === 'visible') continue;
        const edge = element.getBoundingClientRect();
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.right);
        top = Math.max(top, edge.top);
        bottom = Math.min(bottom, edge.bottom);
      }
      return { left, right, top, bottom, width: right - left };
    }

    function isBehindDialog(element: Element): boolean {
      return document.querySelector('[role="dialog"]') !== null && element.closest('[role="dialog"]') === null;
    }
  }, MARK.begin);
}
