/** Narrow screens and paper: what differs from the rest, so it comes last. */
export const mediaStyle = `
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
