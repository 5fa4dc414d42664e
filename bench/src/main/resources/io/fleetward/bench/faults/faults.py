"""Faults that an unprivileged process can make, paced: faults.py KIND RATE SECONDS FOLDER SEED"""
import logging
import mmap
import os
import random
import socket
import subprocess
import sys
import threading
import time

kind, rate, seconds, folder, seed = sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), sys.argv[4], int(sys.argv[5])
random.seed(seed)
end = time.monotonic() + seconds
MB = 1 << 20


def over():
    return time.monotonic() >= end


def paced(limit, work):
    """Calls the work once for each unit due, looking 20 times a second, until the end or limit."""
    start, done = time.monotonic(), 0
    while not over():
        due = min(limit, int((time.monotonic() - start) * rate))
        while done < due and not over():
            work(done)
            done += 1
        time.sleep(0.05)


def cpu_hog():
    x = 1
    while not over():
        until = time.monotonic() + 0.2 * rate
        while time.monotonic() < until:
            for _ in range(500):
                x = (x * 1103515245 + 12345) % 2147483648
        if rate < 1:
            time.sleep(0.2 * (1 - rate))


def memory_leak():
    kept = []
    paced(700, lambda n: kept.append(bytearray(os.urandom(4096) * 256)))


def memory_hog():
    block = os.urandom(4096) * 256
    return [bytearray(block) for _ in range(int(rate))]


def healthy_load():
    # What a busy service does: it computes, reads and writes a little, and answers.
    client, peer = connect(listener())
    n = 0
    while not over():
        until = time.monotonic() + 0.2 * rate * random.random()
        total = 0
        while time.monotonic() < until:
            total += sum(i * i for i in range(500))
        body = b"%d" % total * 500
        client.sendall(body)
        got = 0
        while got < len(body):
            got += len(peer.recv(65536))
        with open("%s/page%d" % (folder, n % 10), "wb") as out:
            out.write(body * 4)
        with open("%s/page%d" % (folder, random.randrange(min(n, 9) + 1)), "rb") as page:
            page.read()
        n += 1
        time.sleep(0.15 * (1 - rate))


def disk_filling():
    with open(folder + "/data", "wb", buffering=0) as out:
        def write(n):
            out.write(os.urandom(65536) * 16)
            if seed % 2 and n % 16 == 0:
                os.fdatasync(out.fileno())
        paced(800, write)


def inode_filling():
    def make(n):
        sub = "%s/s%d" % (folder, n // 2000)
        if n % 2000 == 0:
            os.mkdir(sub)
        if n % 3 == 0:
            os.symlink("nowhere", "%s/l%d" % (sub, n))
        else:
            os.close(os.open("%s/i%d" % (sub, n), os.O_CREAT | os.O_WRONLY))
    paced(60000, make)


def disk_load():
    size = 192 * MB
    path = folder + "/blocks"
    with open(path, "wb") as out:
        for _ in range(192):
            out.write(os.urandom(65536) * 16)
        out.flush()
        os.fsync(out.fileno())
    file = os.open(path, os.O_RDONLY | os.O_DIRECT)
    buffer = mmap.mmap(-1, MB)
    paced(1e9, lambda n: os.preadv(file, [buffer], random.randrange(size // MB) * MB))


def sync_storm():
    with open(folder + "/journal", "wb", buffering=0) as out:
        def write(n):
            out.write(b"commit %d\n" % n)
            os.fdatasync(out.fileno())
        paced(1e9, write)


def log_flood():
    logging.basicConfig(filename=folder + "/app.log", level=logging.DEBUG,
                        format="%(asctime)s %(levelname)s %(threadName)s %(message)s")
    paced(1e9, lambda n: logging.error("cannot reach database %d of cluster %s after %d attempts", n % 7, folder, n))


def crash_loop():
    code = "import sys; sum(range(300000)); sys.exit('no such table')"
    paced(1e9, lambda n: subprocess.run([sys.executable, "-S", "-c", code], stderr=subprocess.DEVNULL, check=False))


def fork_storm():
    def fork(n):
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
    paced(1e9, fork)


def task_leak():
    threading.stack_size(128 * 1024)
    wait = threading.Event()

    def start(n):
        threading.Thread(target=wait.wait, args=(seconds,), daemon=True).start()
    paced(600, start)


def fd_leak():
    kept = []
    paced(7000, lambda n: kept.extend(os.pipe()))


def listener():
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(128)
    return server


def connect(server):
    client = socket.create_connection(server.getsockname())
    return client, server.accept()[0]


def socket_leak():
    server, kept = listener(), []
    paced(5000, lambda n: kept.append(connect(server)))


def connection_churn():
    server = listener()

    def churn(n):
        client, peer = connect(server)
        client.sendall(b"ping")
        peer.recv(4)
        peer.close()
        client.close()
    paced(1e9, churn)


def network_flood():
    server = listener()
    client, peer = connect(server)
    data = b"q" * (500 + random.randrange(900))
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(n):
        client.sendall(data)
        peer.recv(4096)
    paced(1e12, send)


def packet_loss():
    # A backlog of one that is never emptied: the kernel drops further handshakes, clients repeat.
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen(1)
    kept = []

    def attempt(n):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(server.getsockname())
        kept.append(client)
        if len(kept) > 3000:
            kept.pop(0).close()
    paced(1e9, attempt)


def context_switches():
    a, b = threading.Semaphore(0), threading.Semaphore(0)

    def answer():
        while not over():
            if a.acquire(timeout=0.5):
                b.release()
    threading.Thread(target=answer, daemon=True).start()

    def ping(n):
        a.release()
        b.acquire(timeout=0.5)
    paced(1e12, ping)


def memory_churn():
    def touch(n):
        area = mmap.mmap(-1, 16 * MB)
        for at in range(0, 16 * MB, 4096):
            area[at] = 1
        area.close()
    paced(1e9, touch)


kept_to_the_end = globals()[kind.replace("-", "_")]()
while not over():
    time.sleep(0.1)
