/** What is read: headings, tiles, tables, events, stories. */
export const viewStyle = `
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
`;
