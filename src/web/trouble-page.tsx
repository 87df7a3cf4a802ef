import { pageOf } from './layout.js';

/** The page for an address that cannot be shown, with a way on. */
export function troublePage(title: string, detail: string): string {
  return pageOf({
    title,
    children: (
      <div class="trouble">
        <h1>{title}</h1>
        <p>{detail}</p>
        <p>
          <a href="/">See every dialogue on record</a>
        </p>
      </div>
    ),
  });
}
