/** The colours, and what stands around every view. */
export const frameStyle = `
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
`;
