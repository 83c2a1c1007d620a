/** What is asked and done: forms, buttons, notices. */
export const formStyle = `
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
`;
