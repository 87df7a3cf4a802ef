const SANS = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const SERIF = "Georgia, 'Times New Roman', serif";

/** Contrast of text on its ground is at least 4.5 to 1 in both. */
const light = { page: '#eef0f2', card: '#ffffff', rule: '#d5dae0', ink: '#18222d', quiet: '#55616e' };
const dark = { page: '#0f1419', card: '#19212a', rule: '#34404c', ink: '#e7ebef', quiet: '#a5b1bd' };
const accents = { calm: { light: '#1d4f7c', dark: '#8dbfec' }, late: { light: '#96291b', dark: '#f2a093' } };

/** Inline, because some mail programs drop style sheets: this is the whole look where nothing else arrives. */
export const styles = {
  page: `margin:0;padding:0;background-color:${light.page};color:${light.ink};font-family:${SANS};font-size:16px;line-height:1.5;-webkit-text-size-adjust:100%`,
  preview: 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px',
  frame: 'max-width:600px;margin:0 auto;padding:24px 12px',
  notice: `margin:0 0 12px;padding:8px 12px;border:1px dashed ${light.quiet};color:${light.ink};font-size:14px`,
  card: `background-color:${light.card};border:1px solid ${light.rule};border-top-width:4px;padding:24px 24px 28px`,
  reference: `margin:0;font-size:14px;font-weight:600;letter-spacing:0.04em;color:${light.quiet}`,
  title: `margin:2px 0 16px;font-family:${SERIF};font-size:24px;line-height:1.25;font-weight:normal`,
  deadline: `margin:0;padding:12px 0;border:solid ${light.rule};border-width:1px 0`,
  time: 'margin:0;font-size:20px;line-height:1.3;font-weight:700',
  day: `margin:0;color:${light.ink}`,
  counting: `margin:4px 0 0;font-size:14px;color:${light.quiet}`,
  heading: `margin:28px 0 4px;font-size:14px;line-height:1.5;font-weight:600;color:${light.quiet}`,
  text: 'margin:0 0 6px;overflow-wrap:anywhere;text-wrap:pretty',
  list: 'margin:0 0 6px;padding:0 0 0 20px;overflow-wrap:anywhere',
  quotation: `margin:10px 0 0;padding:0 0 0 14px;border-left:2px solid ${light.rule};font-family:${SERIF};white-space:pre-line;overflow-wrap:anywhere`,
  button:
    'display:inline-block;margin:8px 0 6px;padding:11px 20px;color:#ffffff;font-weight:600;text-decoration:none;border-radius:3px',
  address: `margin:0;font-size:13px;color:${light.quiet};overflow-wrap:anywhere`,
  footer: `padding:16px 24px 0;font-size:13px;color:${light.quiet}`,
  footerLine: 'margin:0 0 6px',
};

/** The colour that tells an overdue commitment from one that is still to come. */
export function accentOf(late: boolean): string {
  return accents[late ? 'late' : 'calm'].light;
}

/** What inline styles cannot say. Everything needs !important to win over them. */
export function styleSheet(late: boolean): string {
  const accent = accents[late ? 'late' : 'calm'].dark;
  return `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .frame { padding: 0 !important; }
  .card { border-left: 0 !important; border-right: 0 !important; padding: 20px 16px 24px !important; }
  .notice { margin: 0 !important; border: 0 !important; padding: 12px 16px !important; }
  .button { display: block !important; text-align: center !important; }
  .footer { padding: 16px 16px 24px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: ${dark.page} !important; color: ${dark.ink} !important; }
  .card { background-color: ${dark.card} !important; border-color: ${dark.rule} !important; border-top-color: ${accent} !important; }
  .notice { border-color: ${dark.quiet} !important; color: ${dark.ink} !important; }
  .ink { color: ${dark.ink} !important; }
  .quiet { color: ${dark.quiet} !important; }
  .accent { color: ${accent} !important; }
  .deadline, .quotation { border-color: ${dark.rule} !important; }
  .button { background-color: ${accent} !important; color: ${dark.page} !important; }
}`;
}
