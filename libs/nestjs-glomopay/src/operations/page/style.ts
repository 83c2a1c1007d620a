/** The page's whole style: small, without a font or a picture from anywhere. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9;
  --panel: #fff;
  --ink: #16202c;
  --quiet: #5a6675;
  --line: #dde2e9;
  --accent: #0f5fb8;
  --accent-ink: #fff;
  --warn: #8a4b00;
  --warn-ground: #fff3df;
  --bad: #a3161f;
  --bad-ground: #fdecec;
  --good: #12643a;
  --good-ground: #e4f5eb;
  --shadow: 0 1px 2px rgb(16 24 40/0.06);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10151c;
    --panel: #19202a;
    --ink: #e7ecf2;
    --quiet: #9ba7b6;
    --line: #2c3643;
    --accent: #6cb2ff;
    --accent-ink: #08131f;
    --warn: #ffc374;
    --warn-ground: #3a2a10;
    --bad: #ff9a9a;
    --bad-ground: #3d1a1c;
    --good: #86dba9;
    --good-ground: #143524;
    --shadow: none;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font:
    15px/1.5 system-ui,
    -apple-system,
    'Segoe UI',
    Roboto,
    sans-serif;
}
a {
  color: var(--accent);
}
:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
  border-radius: 3px;
}
.skip {
  position: absolute;
  left: -999px;
}
.skip:focus {
  left: 1rem;
  top: 0.5rem;
  background: var(--panel);
  padding: 0.5rem;
  z-index: 1;
}
.top {
  background: var(--panel);
  border-bottom: 1px solid var(--line);
}
.top > div,
main {
  max-width: 72rem;
  margin: 0 auto;
  padding-inline: 1.25rem;
}
.top > div {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5rem 1.5rem;
  align-items: center;
  min-height: 3.5rem;
  padding-block: 0.6rem;
}
.brand {
  font-weight: 650;
  color: inherit;
  text-decoration: none;
}
.top nav {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5rem 1rem;
  align-items: center;
}
.by-name {
  display: flex;
  gap: 0.5rem;
  align-items: center;
}
.by-name label {
  font-size: 0.87rem;
  font-weight: 400;
  color: var(--quiet);
  white-space: nowrap;
}
.by-name input {
  flex: 1 1 10rem;
  min-width: 0;
  max-width: 16rem;
}
.by-name input,
.by-name button {
  padding-block: 0.25rem;
}
.top ul {
  list-style: none;
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem;
  margin: 0;
  padding: 0;
}
.top li a {
  display: inline-flex;
  gap: 0.4rem;
  align-items: center;
  padding: 0.25rem 0.65rem;
  border-radius: 99px;
  text-decoration: none;
  color: var(--quiet);
}
.top li a:hover {
  background: var(--ground);
  color: var(--ink);
}
.top li a[aria-current] {
  background: var(--ink);
  color: var(--panel);
  font-weight: 600;
}
.ways {
  margin-left: auto;
}
main {
  padding-block: 1.5rem 4rem;
}
h1 {
  font-size: 1.6rem;
  line-height: 1.2;
  margin: 0.25rem 0 0;
  letter-spacing: -0.01em;
}
h2 {
  font-size: 1.1rem;
  margin: 0;
}
h3 {
  font-size: 1rem;
  margin: 0;
}
p {
  margin: 0.35rem 0;
}
.quiet,
.note {
  color: var(--quiet);
}
.note {
  font-size: 0.87rem;
}
.head {
  display: flex;
  flex-wrap: wrap;
  gap: 1rem;
  align-items: flex-end;
  justify-content: space-between;
  margin-bottom: 1.25rem;
}
.find {
  display: flex;
  gap: 0.5rem;
  align-items: flex-end;
  flex: 1 1 22rem;
  max-width: 34rem;
}
.find > div {
  flex: 1;
}
.tiles {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
  gap: 0.75rem;
  margin: 0 0 1.75rem;
}
.tile {
  background: var(--panel);
  border: 1px solid var(--line);
  border-radius: 10px;
  padding: 0.8rem 1rem;
  box-shadow: var(--shadow);
  display: flex;
  flex-direction: column;
}
.tile dt {
  order: 2;
  color: var(--quiet);
  font-size: 0.87rem;
}
.tile dd {
  margin: 0;
  font-size: 1.7rem;
  font-weight: 650;
  font-variant-numeric: tabular-nums;
  line-height: 1.2;
}
.tile dd + dd,
.tile .since {
  order: 3;
  font-size: 0.8rem;
  font-weight: 400;
  color: var(--quiet);
}
.tile.warn {
  border-color: var(--warn);
}
.tile.warn dd:first-of-type {
  color: var(--warn);
}
section {
  margin: 0 0 2rem;
}
section > header {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5rem 1rem;
  align-items: center;
  justify-content: space-between;
  margin-bottom: 0.6rem;
}
.panel {
  background: var(--panel);
  border: 1px solid var(--line);
  border-radius: 10px;
  box-shadow: var(--shadow);
  padding: 1rem 1.15rem;
}
.wide {
  padding: 0;
  overflow-x: auto;
}
.none {
  padding: 1.1rem;
  text-align: center;
  color: var(--quiet);
}
table {
  border-collapse: collapse;
  width: 100%;
  font-variant-numeric: tabular-nums;
}
th,
td {
  text-align: left;
  vertical-align: top;
  padding: 0.65rem 0.9rem;
  border-bottom: 1px solid var(--line);
}
th {
  font-size: 0.8rem;
  font-weight: 600;
  color: var(--quiet);
  white-space: nowrap;
}
tbody th {
  font-size: inherit;
  font-weight: 600;
  color: inherit;
}
tbody tr:last-child > * {
  border-bottom: 0;
}
tbody tr:hover {
  background: color-mix(in srgb, var(--accent) 5%, transparent);
}
code,
.id {
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  font-size: 0.86em;
  overflow-wrap: anywhere;
}
td .id {
  display: inline-block;
  max-width: 16rem;
}
time {
  white-space: nowrap;
}
.chip {
  display: inline-block;
  padding: 0.05rem 0.55rem;
  border-radius: 99px;
  font-size: 0.8rem;
  font-weight: 600;
  background: var(--ground);
  border: 1px solid var(--line);
  white-space: nowrap;
}
.chip.bad {
  background: var(--bad-ground);
  color: var(--bad);
  border-color: transparent;
}
.chip.warn {
  background: var(--warn-ground);
  color: var(--warn);
  border-color: transparent;
}
.chip.good {
  background: var(--good-ground);
  color: var(--good);
  border-color: transparent;
}
.facts {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr));
  gap: 0.8rem 1.25rem;
  margin: 0;
}
.facts dt {
  font-size: 0.8rem;
  color: var(--quiet);
}
.facts dd {
  margin: 0;
  overflow-wrap: anywhere;
}
.cases {
  list-style: none;
  margin: 0;
  padding: 0;
  display: grid;
  gap: 0.75rem;
}
.case header {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5rem;
  justify-content: space-between;
  align-items: flex-start;
}
.error {
  margin: 0.5rem 0 0;
  padding: 0.5rem 0.75rem;
  border-radius: 6px;
  background: var(--bad-ground);
  color: var(--bad);
  overflow-wrap: anywhere;
}
.story {
  list-style: none;
  margin: 0;
  padding: 0 0 0 1.1rem;
  border-left: 2px solid var(--line);
}
.story li {
  position: relative;
  padding: 0 0 1rem;
}
.story li:last-child {
  padding-bottom: 0;
}
.story li::before {
  content: '';
  position: absolute;
  left: -1.5rem;
  top: 0.45rem;
  width: 0.6rem;
  height: 0.6rem;
  border-radius: 50%;
  background: var(--quiet);
  border: 2px solid var(--panel);
}
.story li:last-child::before {
  background: var(--accent);
}
form {
  margin: 0;
}
label,
legend {
  font-size: 0.87rem;
  font-weight: 600;
}
fieldset {
  border: 0;
  padding: 0;
  margin: 0 0 0.9rem;
}
.choice {
  display: flex;
  gap: 0.6rem;
  align-items: flex-start;
  padding: 0.35rem 0;
  font-weight: 400;
  font-size: inherit;
}
.choice input {
  margin-top: 0.3rem;
}
.choice small {
  display: block;
  color: var(--quiet);
  font-size: 0.87rem;
}
input[type='text'],
input[type='search'],
input[type='datetime-local'],
textarea,
select {
  width: 100%;
  font: inherit;
  color: inherit;
  background: var(--panel);
  border: 1px solid color-mix(in srgb, var(--quiet) 60%, transparent);
  border-radius: 7px;
  padding: 0.45rem 0.65rem;
}
input[type='datetime-local'] {
  width: auto;
}
.badge {
  font-size: 0.75rem;
  font-weight: 700;
  background: var(--warn-ground);
  color: var(--warn);
  border-radius: 99px;
  padding: 0 0.4rem;
}
textarea {
  min-height: 5rem;
  resize: vertical;
}
.fields {
  display: flex;
  flex-wrap: wrap;
  gap: 0.75rem 1.25rem;
  align-items: flex-end;
}
.fields > div {
  display: grid;
  gap: 0.2rem;
}
button {
  font: inherit;
  font-weight: 600;
  border-radius: 7px;
  border: 1px solid transparent;
  background: var(--accent);
  color: var(--accent-ink);
  padding: 0.45rem 0.95rem;
  cursor: pointer;
  white-space: nowrap;
}
button.second {
  background: transparent;
  color: var(--accent);
  border-color: currentColor;
}
button:hover:not(:disabled) {
  filter: brightness(1.08);
}
button:disabled {
  opacity: 0.5;
  cursor: not-allowed;
}
.notice {
  border-radius: 8px;
  padding: 0.65rem 0.95rem;
  margin: 0 0 1.1rem;
  background: var(--good-ground);
  color: var(--good);
}
.notice.bad {
  background: var(--bad-ground);
  color: var(--bad);
}
.notice:empty {
  display: none;
}
pre {
  margin: 0;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  max-height: 28rem;
  overflow: auto;
}
.hidden,
[hidden] {
  display: none !important;
}
@media (max-width: 40rem) {
  .top > div,
  main {
    padding-inline: 0.9rem;
  }
  .ways {
    margin-left: 0;
  }
  th,
  td {
    padding: 0.55rem 0.6rem;
  }
  thead {
    position: absolute;
    left: -999px;
  }
  tr,
  tbody th,
  td {
    display: block;
  }
  tbody th,
  td {
    border: 0;
    padding: 0.15rem 0.9rem;
  }
  tbody tr {
    padding: 0.7rem 0;
    border-bottom: 1px solid var(--line);
  }
  tbody tr:last-child {
    border: 0;
  }
  td .id {
    max-width: none;
  }
}
@media print {
  .find,
  button,
  .top,
  fieldset,
  form {
    display: none;
  }
}
`;
