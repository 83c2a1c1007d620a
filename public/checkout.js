/**
 * The checkout form: checks it, sends it once to `POST /checkout`, shows what came of it.
 *
 * Card data goes from the fields into that one request and nowhere else: no storage, no address, no
 * history, no other origin.
 */
const form = document.getElementById('checkout');
const pay = document.getElementById('pay');
const total = document.getElementById('total');
const summary = document.getElementById('summary');
const currency = document.getElementById('currency');
const cardFields = ['holderName', 'number', 'expiryMonth', 'expiryYear', 'cvv'];
const input = (name) => document.getElementById(name);
const digits = (text) => text.replace(/[\s-]/g, '');

// ---------------------------------------------------------------- what is typed

/** The card as it is sent: without the blanks people type, months and years filled up. */
const readCard = () => {
  const month = digits(input('expiryMonth').value);
  const year = digits(input('expiryYear').value);
  return {
    holderName: input('holderName').value.trim(),
    number: digits(input('number').value),
    expiryMonth: month.length === 1 ? `0${month}` : month,
    expiryYear: year.length === 2 ? `20${year}` : year,
    cvv: input('cvv').value.trim(),
  };
};

const isPast = ({ expiryMonth, expiryYear }) =>
  new Date(Number(expiryYear), Number(expiryMonth), 1) <= new Date();

/** The first thing wrong with each field; the server checks again. */
const problemsOf = (card) => {
  const problems = [];
  const check = (field, isFine, message) => {
    if (!isFine && !problems.some((problem) => problem.field === field)) {
      problems.push({ field, message });
    }
  };
  check('holderName', card.holderName !== '', 'Enter the name as it is on the card.');
  check('number', card.number !== '', 'Enter the card number.');
  check('number', /^\d+$/.test(card.number), 'The card number has digits only.');
  check('number', /^\d{12,19}$/.test(card.number), 'The card number has 12 to 19 digits.');
  check('expiryMonth', card.expiryMonth !== '', 'Enter the month.');
  check('expiryMonth', /^(0[1-9]|1[0-2])$/.test(card.expiryMonth), 'A month from 01 to 12.');
  check('expiryYear', card.expiryYear !== '', 'Enter the year.');
  check('expiryYear', /^20\d{2}$/.test(card.expiryYear), 'Four digits, such as 2030.');
  if (!problems.some(({ field }) => field === 'expiryMonth' || field === 'expiryYear')) {
    check('expiryYear', !isPast(card), 'This card has expired.');
  }
  check('cvv', card.cvv !== '', 'Enter the security code.');
  check('cvv', /^\d{3,4}$/.test(card.cvv), 'The security code has 3 or 4 digits.');
  return problems;
};

// ---------------------------------------------------------------- what is shown

const showAt = (field, message) => {
  const error = document.getElementById(`${field}-error`);
  error.textContent = message;
  error.hidden = message === '';
  if (message === '') {
    input(field).removeAttribute('aria-invalid');
  } else {
    input(field).setAttribute('aria-invalid', 'true');
  }
};

const element = (tag, text) => {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
};

const labelOf = (field) => document.querySelector(`label[for="${field}"]`).textContent;

/** Problems beside their fields, and all of them at the top, where the focus goes. */
const showProblems = (problems) => {
  for (const field of cardFields) {
    showAt(field, problems.find((problem) => problem.field === field)?.message ?? '');
  }
  const list = document.createElement('ul');
  for (const { field, message } of problems) {
    const item = document.createElement('li');
    if (cardFields.includes(field)) {
      const link = element('a', `${labelOf(field)}: ${message}`);
      link.href = `#${field}`;
      link.addEventListener('click', (event) => {
        event.preventDefault();
        input(field).focus();
      });
      item.append(link);
    } else {
      item.textContent = message;
    }
    list.append(item);
  }
  summary.hidden = problems.length === 0;
  summary.replaceChildren(element('strong', 'Please check the following'), list);
  if (problems.length > 0) {
    summary.focus();
  }
};

const dropFromSummary = (field) => {
  summary.querySelector(`a[href="#${field}"]`)?.closest('li').remove();
  summary.hidden = summary.querySelector('li') === null;
};

const showPrices = () => {
  const name = currency.value.toLowerCase();
  for (const product of form.elements.product) {
    const price = product.dataset[name];
    product.closest('label').querySelector('[data-price]').textContent = price;
    if (product.checked) {
      total.textContent = price;
    }
  }
};

const setBusy = (isBusy) => {
  pay.disabled = isBusy;
  form.setAttribute('aria-busy', String(isBusy));
  pay.firstChild.textContent = isBusy ? 'Contacting your bank… ' : 'Pay ';
};

const clearCard = () => {
  for (const field of cardFields) {
    input(field).value = '';
  }
};

// ---------------------------------------------------------------- what is sent

/** A page of the bank: https, or the sandbox on this machine. */
const isBankPage = (address) => {
  const url = new URL(address);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLocal);
};

/** Leaves for the bank, or offers to: a link opens a tab that cannot reach back into this one. */
const goToBank = ({ redirectUrl, statusUrl }, inNewTab) => {
  if (!redirectUrl || !isBankPage(redirectUrl)) {
    location.assign(statusUrl);
    return;
  }
  if (!inNewTab) {
    location.assign(redirectUrl);
    return;
  }
  const bank = document.getElementById('bank');
  bank.href = redirectUrl;
  document.getElementById('follow').href = statusUrl;
  // After the click has opened the bank, this tab follows the payment.
  bank.addEventListener('click', () => setTimeout(() => location.assign(statusUrl), 0));
  form.hidden = true;
  document.getElementById('continue').hidden = false;
  document.getElementById('continue-title').focus();
};

const post = (card) =>
  fetch('/checkout', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    credentials: 'same-origin',
    redirect: 'error',
    cache: 'no-store',
    body: JSON.stringify({
      product: form.elements.product.value,
      currency: currency.value,
      card,
    }),
  });

const LOST =
  'We lost the connection and do not know whether the payment began. Reload this page before you try again: if it did, you see it at the top.';

const send = async (card) => {
  try {
    const answer = await post(card);
    const body = await answer.json();
    if (answer.ok) {
      return { started: body };
    }
    if (Array.isArray(body.errors)) {
      return { problems: body.errors };
    }
  } catch {
    // No answer, or none we can read: said below.
  }
  return { problems: [{ field: 'form', message: LOST }] };
};

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (pay.disabled) {
    return;
  }
  const card = readCard();
  const problems = problemsOf(card);
  showProblems(problems);
  if (problems.length > 0) {
    return;
  }
  setBusy(true);
  const { started, problems: refusals } = await send(card);
  input('cvv').value = '';
  if (started) {
    const inNewTab = form.elements.tab.value === 'new';
    clearCard();
    goToBank(started, inNewTab);
    return;
  }
  setBusy(false);
  showProblems(refusals);
});

// ---------------------------------------------------------------- small comforts

form.addEventListener('change', showPrices);
for (const field of cardFields) {
  // A problem already shown goes as soon as it is put right, and none appears while typing. Not on
  // blur: the page would move under a click that is on its way to the button.
  input(field).addEventListener('input', () => {
    if (input(field).hasAttribute('aria-invalid')) {
      const problem = problemsOf(readCard()).find((candidate) => candidate.field === field);
      if (!problem) {
        showAt(field, '');
        dropFromSummary(field);
      }
    }
  });
}
input('number').addEventListener('blur', () => {
  const number = digits(input('number').value);
  if (/^\d+$/.test(number)) {
    input('number').value = number.replace(/(.{4})(?=.)/g, '$1 ');
  }
});
for (const button of document.querySelectorAll('[data-card]')) {
  button.addEventListener('click', () => {
    input('holderName').value = 'Asha Rao';
    input('number').value = button.dataset.card.replace(/(.{4})(?=.)/g, '$1 ');
    input('expiryMonth').value = '12';
    input('expiryYear').value = '2030';
    input('cvv').value = '123';
    showProblems([]);
    pay.focus();
  });
}
// A page taken from the browser's memory must not bring a card back.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) {
    location.reload();
  }
});
showPrices();
pay.disabled = false;
