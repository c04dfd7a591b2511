import { createHash } from 'node:crypto';

/** The style sheet of the page. Colours keep a contrast of 4.5 for text and 3 for borders of fields, light and dark. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --back: #f4f5f6; --card: #fff; --text: #1b1e22; --muted: #565d66; --line: #d8dce1; --edge: #848c96; --link: #0a58a8; --soft: #eef1f4;
  --yes: #0b6138; --yes-back: #e4f4ea; --no: #a01c1c; --no-back: #fdeaea; --doubt: #7a4a00; --doubt-back: #fdf1dc; --on-main: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --back: #14161a; --card: #1c1f24; --text: #e7e9ec; --muted: #a6adb6; --line: #343a42; --edge: #7b838e; --link: #84bdf7; --soft: #262a31;
    --yes: #84d9a9; --yes-back: #163423; --no: #ff9f99; --no-back: #411e1e; --doubt: #f0c674; --doubt-back: #3a2d12; --on-main: #10151b; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
header, main { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
main { padding-bottom: 3rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.15rem; margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
p { margin: 0 0 .75rem; }
header p { margin: .25rem 0 1rem; overflow-wrap: anywhere; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.1rem 1.25rem; margin-bottom: 1rem; min-width: 0; }
section > :last-child { margin-bottom: 0; }
.pair { display: grid; gap: 0 1rem; align-items: start; }
@media (min-width: 62rem) { .pair { grid-template-columns: 1fr 1fr; } }
code, pre, textarea, .verb, .route, .needs { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
.muted, .hint, .label, .reason { color: var(--muted); }
.hint, .muted, .label { font-size: .875rem; }
.verb { font-weight: 700; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
h2:focus, h3:focus { outline: none; text-decoration: underline .15rem var(--link); text-underline-offset: .3rem; }
label { font-size: .875rem; font-weight: 600; }
input, select, textarea, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: .35rem; padding: .4rem .6rem; max-width: 100%; }
input, textarea { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: .875rem; min-height: 2.35rem; }
input[type=checkbox], input[type=radio] { min-height: 0; width: 1.1rem; height: 1.1rem; margin: .2rem 0 0; flex: none; accent-color: var(--link); }
textarea { display: block; width: 100%; resize: vertical; overflow-wrap: anywhere; word-break: break-all; }
select { min-height: 2.35rem; min-width: 0; }
button { cursor: pointer; background: var(--soft); font-weight: 600; min-height: 2.35rem; }
button:hover { border-color: var(--text); }
button.main { background: var(--link); border-color: var(--link); color: var(--on-main); overflow-wrap: anywhere; }
form { margin: 0 0 .75rem; }
form.inline { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
form.inline select { flex: 1 1 12rem; }
.fields { display: flex; flex-wrap: wrap; gap: .75rem; }
.fields > span { flex: 1 1 11rem; min-width: 0; display: flex; flex-direction: column; gap: .2rem; }
fieldset { border: 1px solid var(--line); border-radius: .35rem; margin: 0 0 .75rem; padding: .4rem .8rem .6rem; min-width: 0; }
fieldset .hint { margin: .4rem 0 0; }
legend { font-size: .875rem; font-weight: 600; padding: 0 .3rem; }
label.choice { display: flex; gap: .5rem; font-weight: 400; padding: .15rem 0; }
label.choice:has(:disabled) { color: var(--muted); }
details { margin: 0 0 .75rem; }
summary { cursor: pointer; font-size: .875rem; font-weight: 600; padding: .15rem 0; }
details > form, details > ul, details > .scroll { margin-top: .6rem; }
.scroll { overflow-x: auto; margin-bottom: .75rem; border: 1px solid var(--line); border-radius: .35rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
caption { text-align: left; font-weight: 600; padding: .5rem .7rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .7rem; border-top: 1px solid var(--line); font-weight: 400; }
thead th { font-weight: 600; color: var(--muted); background: var(--soft); }
.matrix th span { display: block; }
.matrix th .verb { display: inline; }
.matrix td:not(.needs) { white-space: nowrap; width: 1%; }
.matrix .needs { min-width: 9rem; }
.matrix tbody th { min-width: 11rem; }
.route { padding: .1rem 0; }
.cell, .matrix td > span { display: inline-block; min-width: 4.2rem; text-align: center; padding: .1rem .5rem; border-radius: .3rem; }
.cell { border: 1px solid var(--line); text-decoration: none; color: var(--muted); }
.cell:hover { border-color: currentColor; text-decoration: underline; }
.yes { color: var(--yes); background: var(--yes-back); font-weight: 600; }
.doubt { color: var(--doubt); background: var(--doubt-back); font-weight: 600; }
.no { color: var(--muted); }
.words { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.legend, .addresses { margin: 0; font-size: .875rem; }
.legend > div { margin-bottom: .3rem; }
.legend dt { color: var(--muted); display: inline; overflow-wrap: anywhere; }
.legend dt::after { content: ': '; }
.legend dd { display: inline; margin: 0; overflow-wrap: anywhere; }
.notes, .notices ul { margin: .5rem 0 0; padding-left: 1.2rem; font-size: .875rem; overflow-wrap: anywhere; }
.addresses { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: .75rem 1.5rem; }
.addresses dd { margin: 0; overflow-wrap: anywhere; }
.notices { margin-top: .9rem; }
.claims caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.claims tbody th { white-space: nowrap; width: 1%; }
.claims thead th { border-top: 0; }
.claims code.line { display: block; }
.token { margin-bottom: 1rem; }
.token textarea { margin-bottom: .5rem; }
.token-head { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; margin-bottom: .3rem; }
.url { overflow-wrap: anywhere; }
pre { margin: 0; padding: .7rem .8rem; max-height: 24rem; overflow: auto; white-space: pre-wrap; }
.badge { display: inline-block; padding: .05rem .5rem; border-radius: .3rem; font-size: .875rem; font-weight: 700; white-space: nowrap; border: 1px solid currentColor; }
.badge.allowed { color: var(--yes); background: var(--yes-back); }
.badge.refused { color: var(--no); background: var(--no-back); }
.badge.stopped { color: var(--doubt); background: var(--doubt-back); }
.verdict { overflow-wrap: anywhere; }
.reason { display: block; font-size: .875rem; margin-top: .25rem; }
.result { border-top: 1px solid var(--line); padding-top: .1rem; margin-top: 1rem; }
.notice { border: 1px solid currentColor; border-radius: .35rem; padding: .5rem .8rem; overflow-wrap: anywhere; }
.notice.error { color: var(--no); background: var(--no-back); }
.notice.done { color: var(--yes); background: var(--yes-back); }
.log-links { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; align-items: baseline; }
.log caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.log td { overflow-wrap: anywhere; }
.log td:nth-child(1), .log td:nth-child(4) { white-space: nowrap; width: 1%; }
.log td:nth-child(2) { width: 34%; }
.log td:nth-child(3) { min-width: 8.5rem; }
.matrix details { margin: 0; }
.narrow { display: none; }
@media (max-width: 44rem) {
  section { padding: .9rem .9rem; }
  .log thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .log, .log tbody { display: block; }
  .log tr { display: flex; flex-wrap: wrap; gap: .1rem .8rem; padding: .5rem 0; border-top: 1px solid var(--line); }
  .log td, .log td:nth-child(n) { display: block; border: 0; padding: 0; width: auto; min-width: 0; }
  .log td:nth-child(2), .log td:nth-child(5) { flex: 1 1 100%; }
  .narrow { display: inline; }
  .matrix tbody th { min-width: 7.2rem; max-width: 8.5rem; position: sticky; left: 0; background: var(--card); }
  .matrix .needs { min-width: 6rem; }
  .matrix th, .matrix td { padding: .35rem .4rem; }
  .cell, .matrix td > span { min-width: 3.2rem; }
}
@media print { form, .skip { display: none; } }
`;

const HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** What the page may load: its own style sheet, and an empty icon. Nothing runs, nothing frames it, forms stay here. */
export const PAGE_POLICY = [
  'default-src \'none\'',
  `style-src 'sha256-${HASH}'`,
  'img-src data:',
  'form-action \'self\'',
  'frame-ancestors \'none\'',
  'base-uri \'none\'',
].join('; ');
