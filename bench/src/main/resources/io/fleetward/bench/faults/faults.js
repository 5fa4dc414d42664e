// Faults that an unprivileged process can make, paced: node faults.js KIND RATE SECONDS FOLDER SEED
'use strict';
const fs = require('fs');
const net = require('net');
const dgram = require('dgram');
const child = require('child_process');
const crypto = require('crypto');

const [kind, rateText, secondsText, folder, seedText] = process.argv.slice(2);
const rate = Number(rateText);
const seed = Number(seedText);
const start = performance.now();
const end = start + Number(secondsText) * 1000;
const MB = 1 << 20;
const over = () => performance.now() >= end;

// Calls the work once for each unit due, looking 20 times a second, until the end or the limit.
function paced(limit, work) {
  let done = 0;
  const timer = setInterval(() => {
    const due = Math.min(limit, Math.floor(((performance.now() - start) / 1000) * rate));
    while (done < due && !over()) work(done++);
    if (over()) { clearInterval(timer); process.exit(0); }
  }, 50);
}

const faults = {
  'cpu-hog': () => {
    let x = 1;
    setInterval(() => {
      const until = performance.now() + 100 * rate;
      while (performance.now() < until) for (let i = 0; i < 1e5; i++) x = Math.imul(x, 1103515245) + 12345;
      if (over()) process.exit(x === 0.5 ? 1 : 0);
    }, 100);
  },
  'memory-leak': () => {
    const kept = [];
    paced(700, () => kept.push(Buffer.alloc(MB, crypto.randomBytes(64))));
  },
  'memory-hog': () => {
    const kept = [];
    for (let i = 0; i < rate; i++) kept.push(Buffer.alloc(MB, 1 + (i % 250)));
    setInterval(() => kept.length, 1000);
  },
  // What a busy service does: it computes, reads and writes a little, and answers.
  'healthy-load': () => {
    const server = net.createServer(s => s.pipe(s)).listen(0, '127.0.0.1', 16, () => {
      const client = net.connect(server.address().port, '127.0.0.1').resume();
      let n = 0;
      setInterval(() => {
        const until = performance.now() + 100 * rate * Math.random();
        let page = {};
        while (performance.now() < until) page = JSON.parse(JSON.stringify({ at: Date.now(), list: Array.from({ length: 200 }, Math.random) }));
        client.write(JSON.stringify(page));
        fs.writeFileSync(folder + '/page' + (n++ % 15), JSON.stringify(page));
        fs.readFileSync(folder + '/page' + Math.floor(Math.random() * Math.min(n, 15)));
      }, 100);
    });
  },
  'disk-filling': () => {
    const out = fs.openSync(folder + '/upload', 'w');
    const block = crypto.randomBytes(MB);
    paced(800, n => { fs.writeSync(out, block); if (seed % 2 && n % 8 === 0) fs.fsyncSync(out); });
  },
  'inode-filling': () => paced(60000, n => {
    const sub = folder + '/c' + Math.floor(n / 500);
    if (n % 500 === 0) fs.mkdirSync(sub);
    fs.writeFileSync(sub + '/' + n, '');
  }),
  'disk-load': () => {
    const file = fs.openSync(folder + '/table', 'w+');
    const block = crypto.randomBytes(MB);
    for (let i = 0; i < 160; i++) fs.writeSync(file, block, 0, MB, i * MB);
    paced(1e9, n => {
      fs.writeSync(file, block, 0, MB, ((n * 37) % 160) * MB);
      if (n % 4 === 0) fs.fdatasyncSync(file);
    });
  },
  'sync-storm': () => {
    const out = fs.openSync(folder + '/wal', 'w');
    paced(1e9, n => { fs.writeSync(out, 'entry ' + n + '\n'); fs.fdatasyncSync(out); });
  },
  'log-flood': () => {
    const out = fs.openSync(folder + '/node.log', 'w');
    paced(1e9, n => fs.writeSync(out, JSON.stringify({ level: 'warn', time: new Date(), n, message: 'queue is full, event dropped' }) + '\n'));
  },
  'crash-loop': () => paced(1e9, () => child.spawnSync('/bin/sh', ['-c', 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; exit 3'])),
  'fork-storm': () => paced(1e9, () => child.spawnSync('/bin/true')),
  'task-leak': () => paced(500, () => child.spawn('/bin/sleep', [secondsText], { stdio: 'ignore' })),
  'fd-leak': () => { const kept = []; paced(15000, () => kept.push(fs.openSync('/proc/self/stat', 'r'))); },
  'socket-leak': () => {
    const kept = [];
    const server = net.createServer(s => kept.push(s)).listen(0, '127.0.0.1', 128, () =>
      paced(5000, () => kept.push(net.connect(server.address().port, '127.0.0.1'))));
  },
  'connection-churn': () => {
    const server = net.createServer(s => s.end('bye')).listen(0, '127.0.0.1', 128, () =>
      paced(1e9, () => net.connect(server.address().port, '127.0.0.1').resume().on('error', () => {})));
  },
  'network-flood': () => {
    const to = dgram.createSocket('udp4');
    to.on('message', () => {});
    const from = dgram.createSocket('udp4');
    const data = Buffer.alloc(900, 'n');
    to.bind(0, '127.0.0.1', () => {
      const port = to.address().port;
      paced(1e12, () => from.send(data, port, '127.0.0.1'));
    });
  },
  'packet-loss': () => {
    // The receiver is stopped, so that its buffer overflows.
    const code = "require('dgram').createSocket('udp4').bind(0,'127.0.0.1',function(){process.stdout.write(this.address().port+'\\n');setTimeout(()=>{const e=Date.now()+1e3*" + secondsText + ";while(Date.now()<e)Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),0,0,500);process.exit(0)},50)})";
    const receiver = child.spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
    const from = dgram.createSocket('udp4');
    const data = Buffer.alloc(1200, 'l');
    receiver.stdout.once('data', port => paced(1e12, () => from.send(data, Number(port), '127.0.0.1')));
  },
  'context-switches': () => {
    // Each write wakes the other process, which answers.
    const cat = child.spawn('/bin/cat', [], { stdio: ['pipe', 'pipe', 'ignore'] });
    let credit = 0;
    let waiting = true;
    const go = () => { if (credit > 0) { credit--; waiting = false; cat.stdin.write('x'); } else waiting = true; };
    cat.stdout.on('data', go);
    paced(1e12, () => { credit++; if (waiting) go(); });
  },
  'memory-churn': () => paced(1e9, n => { Buffer.alloc(16 * MB, 1 + (n % 250)); if (global.gc) global.gc(); }),
};

faults[kind]();
setTimeout(() => process.exit(0), end - performance.now());
