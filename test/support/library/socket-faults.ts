import type { Behaviour } from './raw-server.js';

/** Only once a whole request has arrived. */
function answered(behave: (socket: Parameters<Behaviour>[0]) => void): Behaviour {
  return (socket, request) => {
    if (request !== undefined) behave(socket);
  };
}

function writing(text: string): Behaviour {
  return answered((socket) => void socket.write(text));
}

const CUT =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 400\r\n\r\n{"id":"pa';

/** What a connection can do instead of answering. After none of them anyone knows what happened. */
export const socketFaults: Readonly<Record<string, Behaviour>> = {
  'a reset when it connects': (socket, request) => {
    if (request === undefined) socket.resetAndDestroy();
  },
  'a close when it connects': (socket, request) => {
    if (request === undefined) socket.end();
  },
  'a reset after the request': answered((socket) => void socket.resetAndDestroy()),
  'a close after the request': answered((socket) => void socket.destroy()),
  'a half-close after the request': answered((socket) => void socket.end()),
  'a reset in the middle of the headers': answered((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-le', () => socket.resetAndDestroy());
  }),
  'a reset in the middle of the body': answered((socket) => {
    socket.write(CUT, () => setTimeout(() => socket.resetAndDestroy(), 20));
  }),
  'a body that ends early': answered((socket) => void socket.end(CUT)),
  'a chunked body without its end': answered(
    (socket) =>
      void socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"id"\r\n'),
  ),
  'a chunk of nonsense size': writing(
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n',
  ),
  'a garbage status line': writing('SSH-2.0-OpenSSH_9.6\r\n\r\n'),
  'an answer in another protocol': writing('\u0016\u0003\u0001\u0002\u0000\u0001'.repeat(9)),
  'a header without an end': writing(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(40_000)}\r\n\r\n{}`),
  'two lengths that disagree': writing(
    'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\n{}',
  ),
  'an upgrade that nobody asked for': writing(
    'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  ),
};
