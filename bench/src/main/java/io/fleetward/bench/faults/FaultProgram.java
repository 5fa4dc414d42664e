package io.fleetward.bench.faults;

import java.io.FileWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/// The faults as a Java program: `FaultProgram KIND RATE SECONDS FOLDER SEED`. It ends itself.
@SuppressWarnings("DoNotCall") // a program of faults does what others must not
public final class FaultProgram {
  private static final int MEGABYTE = 1 << 20;

  private final double rate;
  private final Path folder;
  private final Random random;
  private final long start = System.nanoTime();
  private final long end;
  private final List<Object> kept = new ArrayList<>();

  private FaultProgram(double rate, double seconds, Path folder, long seed) {
    this.rate = rate;
    this.folder = folder;
    this.random = new Random(seed);
    this.end = start + (long) (seconds * 1e9);
  }

  public static void main(String[] arguments) throws Exception {
    FaultProgram program =
        new FaultProgram(
            Double.parseDouble(arguments[1]),
            Double.parseDouble(arguments[2]),
            Path.of(arguments[3]),
            Long.parseLong(arguments[4]));
    program.run(arguments[0]);
    while (!program.isOver()) {
      Thread.sleep(100);
    }
    System.exit(0);
  }

  /// One unit of a fault's work.
  @FunctionalInterface
  private interface Work {
    void once(int number) throws IOException, InterruptedException;
  }

  private void run(String kind) throws IOException, InterruptedException {
    switch (kind) {
      case "cpu-hog" -> burn();
      case "memory-leak" -> paced(700, _ -> kept.add(filled()));
      case "memory-hog" -> hogMemory();
      case "healthy-load" -> work();
      case "disk-filling" -> fillDisk();
      case "inode-filling" -> paced(60_000, this::makeFile);
      case "disk-load" -> loadDisk();
      case "sync-storm" -> syncStorm();
      case "log-flood" -> floodLog();
      case "crash-loop" ->
          paced(1e9, _ -> waitFor("sh", "-c", "awk 'BEGIN{for(i=0;i<50000;i++)x+=i;exit 1}'"));
      case "fork-storm" -> paced(1e9, _ -> waitFor("true"));
      case "task-leak" -> paced(600, _ -> startThread());
      case "fd-leak" ->
          paced(15_000, _ -> kept.add(Files.newInputStream(Path.of("/proc/self/status"))));
      case "socket-leak" -> leakSockets();
      case "connection-churn" -> churnConnections();
      case "network-flood" -> floodNetwork();
      case "packet-loss" -> losePackets();
      case "context-switches" -> handOver();
      case "memory-churn" -> paced(1e9, _ -> ByteBuffer.allocateDirect(16 * MEGABYTE));
      default -> throw new IllegalArgumentException("no fault " + kind);
    }
  }

  private boolean isOver() {
    return System.nanoTime() >= end;
  }

  private void paced(double limit, Work work) throws IOException, InterruptedException {
    int done = 0;
    while (!isOver()) {
      double due = Math.min(limit, (System.nanoTime() - start) / 1e9 * rate);
      while (done + 1 <= due && !isOver()) {
        work.once(done++);
      }
      Thread.sleep(50);
    }
  }

  private void burn() throws InterruptedException {
    long x = random.nextLong();
    while (!isOver()) {
      long until = System.nanoTime() + (long) (rate * 50e6);
      while (System.nanoTime() < until) {
        for (int i = 0; i < 10_000; i++) {
          x = x * 6364136223846793005L + 1442695040888963407L;
        }
      }
      Thread.sleep((long) ((1 - rate) * 50) + (x == 42 ? 1 : 0));
    }
  }

  private byte[] filled() {
    byte[] block = new byte[MEGABYTE];
    random.nextBytes(block);
    return block;
  }

  private void hogMemory() {
    for (int i = 0; i < rate; i++) {
      kept.add(filled());
    }
  }

  /// What a busy service does: it computes, reads and writes a little, and answers.
  private void work() throws IOException, InterruptedException {
    try (ServerSocket server = listener(16);
        Socket client = connect(server);
        Socket peer = server.accept()) {
      int number = 0;
      while (!isOver()) {
        long until = System.nanoTime() + (long) (rate * 100e6 * random.nextDouble());
        byte[] page = new byte[64 * 1024];
        while (System.nanoTime() < until) {
          random.nextBytes(page);
        }
        client.getOutputStream().write(page, 0, 16 * 1024);
        peer.getInputStream().readNBytes(16 * 1024);
        Files.write(folder.resolve("page" + number++ % 20), page);
        Thread.sleep((long) (100 * (1 - rate)));
      }
    }
  }

  private void fillDisk() throws IOException, InterruptedException {
    ByteBuffer block = ByteBuffer.wrap(filled());
    try (FileChannel out = open("heap.dump")) {
      paced(
          800,
          n -> {
            out.write(block.rewind());
            if ((random.nextInt() & 7) == 0 && n % 2 == 0) {
              out.force(false);
            }
          });
    }
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void makeFile(int number) throws IOException {
    Path sub = folder.resolve("session" + number / 700);
    if (number % 700 == 0) {
      Files.createDirectory(sub);
    }
    Files.createFile(sub.resolve("entry-" + number));
  }

  private void loadDisk() throws IOException, InterruptedException {
    Path file = folder.resolve("volume");
    try (FileChannel out = open("volume")) {
      ByteBuffer block = ByteBuffer.wrap(filled());
      for (int i = 0; i < 200; i++) {
        out.write(block.rewind());
      }
      out.force(true);
    }
    ByteBuffer changed = ByteBuffer.wrap(filled());
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DSYNC)) {
      paced(1e9, _ -> out.write(changed.rewind(), (long) random.nextInt(200) * MEGABYTE));
    }
  }

  private void syncStorm() throws IOException, InterruptedException {
    ByteBuffer record = ByteBuffer.allocate(300);
    try (FileChannel out = open("redo")) {
      paced(
          1e9,
          _ -> {
            out.write(record.rewind());
            out.force(false);
          });
    }
  }

  private void floodLog() throws IOException, InterruptedException {
    try (FileWriter out =
        new FileWriter(
            folder.resolve("server.log").toFile(), java.nio.charset.StandardCharsets.UTF_8)) {
      paced(
          1e9,
          n -> {
            out.write(
                "2026-01-01 00:00:00.000 ERROR [pool-1-thread-%d] java.io.IOException: Broken pipe%n"
                    .formatted(n));
            out.flush();
          });
    }
  }

  private static void waitFor(String... command) throws IOException, InterruptedException {
    new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private void startThread() {
    Thread.ofPlatform()
        .daemon()
        .stackSize(128 * 1024)
        .start(() -> {
          try {
            TimeUnit.MINUTES.sleep(5);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static ServerSocket listener(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  private static Socket connect(ServerSocket server) throws IOException {
    return new Socket(server.getInetAddress(), server.getLocalPort());
  }

  private void leakSockets() throws IOException, InterruptedException {
    ServerSocket server = listener(128);
    paced(
        5_000,
        _ -> {
          kept.add(connect(server));
          kept.add(server.accept());
        });
  }

  private void churnConnections() throws IOException, InterruptedException {
    try (ServerSocket server = listener(128)) {
      paced(
          1e9,
          _ -> {
            try (Socket client = connect(server);
                Socket peer = server.accept()) {
              client.getOutputStream().write(peer.getPort());
            }
          });
    }
  }

  private void floodNetwork() throws IOException, InterruptedException {
    try (DatagramSocket to = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket from = new DatagramSocket()) {
      byte[] data = new byte[400 + random.nextInt(1000)];
      var packet = new DatagramPacket(data, data.length, to.getLocalSocketAddress());
      var received = new DatagramPacket(new byte[2000], 2000);
      to.setSoTimeout(100);
      paced(
          1e12,
          _ -> {
            from.send(packet);
            to.receive(received);
          });
    }
  }

  private void losePackets() throws IOException, InterruptedException {
    try (DatagramSocket to = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket from = new DatagramSocket()) {
      byte[] data = new byte[100 + random.nextInt(1000)];
      var packet = new DatagramPacket(data, data.length, to.getLocalSocketAddress());
      paced(1e12, _ -> from.send(packet));
    }
  }

  private void handOver() throws IOException, InterruptedException {
    SynchronousQueue<Integer> there = new SynchronousQueue<>();
    SynchronousQueue<Integer> back = new SynchronousQueue<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (true) {
              back.put(there.take());
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
    paced(
        1e12,
        n -> {
          there.put(n);
          kept.clear();
          kept.add(back.take());
        });
  }
}
